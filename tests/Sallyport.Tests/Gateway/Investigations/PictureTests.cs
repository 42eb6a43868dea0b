using System.Text;
using System.Xml.Linq;
using Sallyport.Core.Sources;
using Sallyport.Gateway.Investigations.Asking;
using Sallyport.Gateway.Investigations.Pictures;
using Sallyport.Simulator.World;

namespace Sallyport.Tests.Gateway.Investigations;

/// <summary>The pictures of an investigation: the same for the same events, and harmless whatever the events say.</summary>
public sealed class PictureTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 11, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public void Hostile_text_stays_text(string theme)
    {
        var events = HostileText.Phrases.ToArray().Select((phrase, index) => Event(index, phrase)).ToList();

        foreach (var svg in Draw(events, theme))
        {
            var picture = XDocument.Parse(Encoding.UTF8.GetString(svg));
            Assert.DoesNotContain(picture.Descendants(), element => element.Name.LocalName is "script" or "img" or "image" or "foreignObject" or "a" or "use");
            Assert.DoesNotContain(picture.Descendants().Attributes(), attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(picture.Root!.Value, character => char.IsControl(character) && character != '\n');
        }
    }

    [Fact]
    public void The_same_events_give_the_same_bytes()
    {
        var events = Enumerable.Range(0, 12).Select(index => Event(index, $"event {index}")).ToList();

        Assert.All(Draw(events, "light").Zip(Draw(events, "light")), pair => Assert.Equal(pair.First, pair.Second));
    }

    [Fact]
    public void Of_too_many_events_the_worst_are_drawn_and_the_rest_is_counted()
    {
        var events = Enumerable.Range(0, 60).Select(index => Event(index, $"event-{index}", index % 2 == 0 ? SourceSeverity.Low : SourceSeverity.Critical)).ToList();

        var svg = Encoding.UTF8.GetString(TimelinePicture.Draw("many", events, PictureTheme.Of("light")[0]));

        Assert.Contains("20 less severe events are not drawn", svg, StringComparison.Ordinal);
        Assert.All(events.Where(found => found.Item.Severity == SourceSeverity.Critical), found => Assert.Contains($"{found.Item.Title} ·", svg, StringComparison.Ordinal));
    }

    private static byte[][] Draw(List<Found<SeenAlert>> events, string theme)
        => [TimelinePicture.Draw(events[0].Item.Title, events, PictureTheme.Of(theme)[0]), EntityPicture.Draw(events[0].Item.Title, events, PictureTheme.Of(theme)[0])];

    private static Found<SeenAlert> Event(int index, string text, SourceSeverity severity = SourceSeverity.High) => new(index % 2 == 0 ? "eset" : "vectra", new SeenAlert(
        $"{index}", text, severity, WorkState.New, Noon.AddMinutes(index), Description: text, Hosts: [new HostIdentity("1", text)], Users: [new UserIdentity(Upn: text)],
        Observables: [new Observable(ObservableKind.Domain, text)]));
}
