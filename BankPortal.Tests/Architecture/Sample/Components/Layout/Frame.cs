using BankPortal.Tests.Architecture.Sample.Features.Identity.Access;
using BankPortal.Tests.Architecture.Sample.Features.Ledger;

namespace BankPortal.Tests.Architecture.Sample.Components.Layout;

/// <summary>A shared component that may use a service of Identity, but not the text of a module.</summary>
internal static class Frame
{
    public static string Title(CurrentPerson person) => $"{EntriesText.Title} of {person.Name}";
}
