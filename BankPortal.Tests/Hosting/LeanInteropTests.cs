using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.JSInterop;

namespace BankPortal.Tests.Hosting;

/// <summary>What each circuit keeps for its calls to scripts.</summary>
[UnitTest]
public sealed class LeanInteropTests
{
    [Fact]
    public void Options_OfACircuit_DescribeNoInterfacesOfNumbersAndTexts()
    {
        var options = CircuitOptions();

        Assert.False(options.TryGetTypeInfo(typeof(IComparable), out _));
        Assert.False(options.TryGetTypeInfo(typeof(IParsable<int>), out _));
        Assert.True(options.TryGetTypeInfo(typeof(IReadOnlyList<string>), out _));
    }

    [Fact]
    public void Arguments_OfEveryKind_AreWrittenAsBefore()
    {
        object?[] arguments =
        [
            1, "text", 2.5m, true, null, new DateTimeOffset(2026, 11, 27, 0, 0, 0, TimeSpan.Zero), BindingFlags.Public,
            new { Name = "Ann", Tags = (IReadOnlyList<string>)["a", "b"] },
            new Dictionary<string, List<string>>(StringComparer.Ordinal) { ["one"] = ["two"] },
        ];

        Assert.Equal(JsonSerializer.Serialize(arguments, JsonSerializerOptions.Web), JsonSerializer.Serialize(arguments, CircuitOptions()));
    }

    private static JsonSerializerOptions CircuitOptions()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var services = builder.Services;
        services.AddLogging();
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddLeanInterop();
        using var scope = services.BuildServiceProvider().CreateScope();
        return LeanInterop.OptionsOf((JSRuntime)scope.ServiceProvider.GetRequiredService<IJSRuntime>());
    }
}
