using Sallyport.Simulator.World;

namespace Sallyport.Simulator.DefectDojo.Store;

/// <summary>The simulated instance: its objects, its clock, and one lock around everything that reads or changes them.</summary>
internal sealed class Instance
{
    private readonly TimeProvider _time;
    private int _notes;

    public Instance(Company world, TimeProvider time, DefectDojoControls controls)
    {
        (_time, Controls) = (time, controls);
        Seeding.Fill(this, world);
    }

    public Lock Gate { get; } = new();

    public DefectDojoControls Controls { get; }

    public Table ProductTypes { get; } = new("Product_Type");

    public Table Products { get; } = new("Product");

    public Table Engagements { get; } = new("Engagement");

    public Table Tests { get; } = new("Test");

    public Table TestTypes { get; } = new("Test_Type");

    public Table Findings { get; } = new("Finding");

    public DateTimeOffset Now => _time.GetUtcNow();

    public Row TestOf(Row finding) => Tests.Find(finding.Number("test"))!;

    public Row EngagementOf(Row test) => Engagements.Find(test.Number("engagement"))!;

    public Row ProductOf(Row engagement) => Products.Find(engagement.Number("product"))!;

    public Row ProductOfFinding(Row finding) => ProductOf(EngagementOf(TestOf(finding)));

    public IEnumerable<Row> FindingsOf(Row test) => Findings.Rows.Where(finding => finding.Number("test") == test.Id);

    public void AddNote(Row finding, string entry, bool isPrivate = false, NoteType? type = null) => finding.Notes.Insert(0, new Note(++_notes, entry, Now, isPrivate, type));

    public Row TestType(string name)
    {
        var type = TestTypes.Rows.FirstOrDefault(row => row.Text("name") == name);
        if (type is not null)
            return type;
        type = TestTypes.Add();
        type["name"] = name;
        (type["static_tool"], type["dynamic_tool"], type["active"]) = (false, false, true);
        return type;
    }

    public Row NewEngagement(Row product, string name, DateTimeOffset start, TimeSpan length, string type)
    {
        var engagement = Engagements.Add();
        engagement.Touch(Now, "created", "updated");
        (engagement["name"], engagement["product"], engagement["status"], engagement["engagement_type"]) = (name, product.Id, "In Progress", type);
        (engagement["target_start"], engagement["target_end"], engagement["active"]) = (Day(start), Day(start + length), true);
        return engagement;
    }

    public Row NewTest(Row engagement, Row type, DateTimeOffset start, string? scanType)
    {
        var test = Tests.Add();
        test.Touch(Now, "created", "updated");
        (test["engagement"], test["test_type"], test["scan_type"], test["environment"], test["lead"], test["percent_complete"]) = (engagement.Id, type.Id, scanType, 1, 1, 100);
        (test["target_start"], test["target_end"]) = (Row.Time(start), Row.Time(start));
        return test;
    }

    public static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
