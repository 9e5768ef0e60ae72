using BankPortal.Tests.Architecture.Sample.Features.Identity.Access;
using BankPortal.Tests.Architecture.Sample.Features.Identity.SignIn;
using Microsoft.AspNetCore.Components;

namespace BankPortal.Tests.Architecture.Sample.Features.Ledger;

/// <summary>A page that may use a service of Identity, but neither its pages nor what belongs to them.</summary>
internal sealed class EntriesPage : ComponentBase
{
    public static string Title(CurrentPerson person) => $"{EntriesText.Title} of {CodeInput.Clean(person.Name)}";

    public static Type Back() => typeof(AccessPage);
}
