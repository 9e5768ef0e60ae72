using BankPortal.Tests.Architecture.Sample.Features.Ledger;
using Microsoft.AspNetCore.Components;

namespace BankPortal.Tests.Architecture.Sample.Features.Home;

/// <summary>The start page may show the components of other modules, but not use the rest of them.</summary>
internal sealed class Start : ComponentBase
{
    public static Type Card() => typeof(EntriesPage);

    public static string Title() => EntriesText.Title;
}
