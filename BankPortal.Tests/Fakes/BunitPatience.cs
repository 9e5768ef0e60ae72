using System.Runtime.CompilerServices;

namespace BankPortal.Tests.Fakes;

/// <summary>Gives awaited renders the time that a busy machine may need; bUnit's own limit is one second.</summary>
internal static class BunitPatience
{
    [ModuleInitializer]
    internal static void Set() => BunitContext.DefaultWaitTimeout = TimeSpan.FromSeconds(30);
}
