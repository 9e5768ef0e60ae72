namespace BankPortal.Web.Components.Controls;

/// <summary>What an input inside a <see cref="FormField"/> needs: splat <see cref="Attributes"/> on it.</summary>
/// <param name="Id">The id of the input, to which the label points.</param>
/// <param name="DescribedBy">Ids of the hint and the error, or null.</param>
/// <param name="IsInvalid">Whether there is an error.</param>
public sealed record FieldContext(string Id, string? DescribedBy, bool IsInvalid)
{
    /// <summary>id, aria-describedby and aria-invalid, for <c>@attributes</c>.</summary>
    public IReadOnlyDictionary<string, object> Attributes
    {
        get
        {
            var attributes = new Dictionary<string, object>(StringComparer.Ordinal) { ["id"] = Id };
            if (DescribedBy is not null)
            {
                attributes["aria-describedby"] = DescribedBy;
            }

            if (IsInvalid)
            {
                attributes["aria-invalid"] = "true";
            }

            return attributes;
        }
    }
}
