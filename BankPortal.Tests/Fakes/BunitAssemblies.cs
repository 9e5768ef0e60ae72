using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace BankPortal.Tests.Fakes;

/// <summary>
/// Finds AngleSharp.Diffing for bUnit whatever version bUnit names (the project file says why), and gives awaited renders the time
/// that a busy machine may need; bUnit's own patience is one second.
/// </summary>
internal static class BunitAssemblies
{
    [ModuleInitializer]
    internal static void Register()
    {
        AssemblyLoadContext.Default.Resolving += static (context, name) => Resolve(context, name);
        BePatient();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void BePatient() => Bunit.BunitContext.DefaultWaitTimeout = TimeSpan.FromSeconds(30);

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name)
    {
        if (!string.Equals(name.Name, "AngleSharp.Diffing", StringComparison.Ordinal))
        {
            return null;
        }

        var path = Path.Combine(AppContext.BaseDirectory, "bunit", "AngleSharp.Diffing.dll");
        return File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
    }
}
