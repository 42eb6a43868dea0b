namespace Sallyport.Core.Schemas;

/// <summary>The JSON types a schema may ask for.</summary>
[Flags]
public enum SchemaKind
{
    None = 0,
    Object = 1,
    Array = 2,
    String = 4,
    Integer = 8,
    Number = 16,
    Boolean = 32,
    Null = 64,
    Any = Object | Array | String | Integer | Number | Boolean | Null,
}
