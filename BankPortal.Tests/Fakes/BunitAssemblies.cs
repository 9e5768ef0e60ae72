using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace BankPortal.Tests.Fakes;

/// <summary>Finds AngleSharp.Diffing for bUnit whatever version bUnit names; the project file says why.</summary>
internal static class BunitAssemblies
{
    [ModuleInitializer]
    internal static void Register() =>
        AssemblyLoadContext.Default.Resolving += static (context, name) => Resolve(context, name);

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
