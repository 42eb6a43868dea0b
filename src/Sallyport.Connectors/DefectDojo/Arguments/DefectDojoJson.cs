using System.Text.Json.Serialization;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.DefectDojo.Arguments;

/// <summary>Arguments as callers write them.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Nothing))]
[JsonSerializable(typeof(ProductRef))]
[JsonSerializable(typeof(EngagementRef))]
[JsonSerializable(typeof(TestRef))]
[JsonSerializable(typeof(FindingRef))]
[JsonSerializable(typeof(ListProducts))]
[JsonSerializable(typeof(ListProductTypes))]
[JsonSerializable(typeof(ListTestTypes))]
[JsonSerializable(typeof(ListEngagements))]
[JsonSerializable(typeof(ListTests))]
[JsonSerializable(typeof(ListNotes))]
[JsonSerializable(typeof(ListFindings))]
[JsonSerializable(typeof(CreateProduct))]
[JsonSerializable(typeof(CreateEngagement))]
[JsonSerializable(typeof(CreateTest))]
[JsonSerializable(typeof(CreateFinding))]
[JsonSerializable(typeof(UpdateFinding))]
[JsonSerializable(typeof(CloseFinding))]
[JsonSerializable(typeof(ReopenFinding))]
[JsonSerializable(typeof(AddNote))]
[JsonSerializable(typeof(ChangeTags))]
[JsonSerializable(typeof(ImportScan))]
[JsonSerializable(typeof(ReimportScan))]
internal sealed partial class DefectDojoJson : JsonSerializerContext;
