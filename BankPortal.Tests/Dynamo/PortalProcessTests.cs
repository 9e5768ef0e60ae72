using System.Diagnostics;

namespace BankPortal.Tests.Dynamo;

public sealed class PortalProcessTests : EmbeddedEngineTest
{
    [Fact]
    public async Task Portal_Killed_TakesTheEngineWithItAndFreesTheFile()
    {
        await using var first = await ServeAsync();
        var engine = first.EngineId!.Value;
        Assert.True(IsAlive(engine));

        first.Kill();

        await UntilAsync(() => !IsAlive(engine));
        await using var second = await ServeAsync();
        Assert.NotEqual(engine, second.EngineId);
    }

    [Fact]
    public async Task Portal_AskedToEnd_EndsTheEngineAndSaysAllIsWell()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are a Unix matter.");
        await using var portal = await ServeAsync();
        var engine = portal.EngineId!.Value;

        using (var kill = Process.Start("kill", ["-TERM", $"{portal.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        Assert.Equal(0, await portal.Exited.WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.False(IsAlive(engine));
    }

    [Fact]
    public async Task Portal_SecondOnTheSameFile_IsRefusedAndTheFirstGoesOn()
    {
        await using var first = await ServeAsync();

        await using var second = Start();

        Assert.Equal(3, await second.Exited.WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Contains($"Another portal (process {first.Id}) is already using the database file", second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.Output, StringComparison.Ordinal);
        using var http = new HttpClient();
        Assert.Equal("""{"status":"ok"}""", await http.GetStringAsync(new Uri(first.Address!, "/health/ready")));
    }

    [Fact]
    public async Task Portal_ConfigurationWithErrors_ReportsThemAllWithoutStackTrace()
    {
        await using var portal = Start("--Dynamo:MaxRetries=99", "--Dynamo:Mod=Aws");

        Assert.Equal(3, await portal.Exited.WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Contains("Dynamo:MaxRetries must be between 0 and 10, but is 99.", portal.Output, StringComparison.Ordinal);
        Assert.Contains("Dynamo:Mod is not a setting", portal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", portal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Portal_DatabaseGoneForGood_EndsWithOneLine()
    {
        await using var portal = PortalProcess.Start("--Dynamo:InMemory=true");
        await UntilAsync(() =>
        {
            Assert.False(portal.Exited.IsCompleted, portal.Output);
            return portal.Address is not null && portal.EngineId is not null;
        });

        using (var engine = Process.GetProcessById(portal.EngineId!.Value))
        {
            engine.Kill();
        }

        Assert.Equal(3, await portal.Exited.WaitAsync(TimeSpan.FromMinutes(2)));
        Assert.Contains("ended, and with it all data: Dynamo:InMemory is on.", portal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", portal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task VerifyLedger_FileIsNoDatabase_SaysSoInOneLine()
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, "bankportal.db"), new string('x', 10_000));

        await using var portal = PortalProcess.Start("verify-ledger", $"--Dynamo:DataFolder={Folder}");

        Assert.Equal(3, await portal.Exited.WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.StartsWith($"The database file {Folder}", Assert.Single(portal.Output.Split('\n')), StringComparison.Ordinal);
        Assert.EndsWith("docs/backup.md.", portal.Output.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateTables_Twice_SecondTimeChangesNothing()
    {
        await using var first = PortalProcess.Start("create-tables", $"--Dynamo:DataFolder={Folder}");
        Assert.Equal(0, await first.Exited.WaitAsync(TimeSpan.FromMinutes(1)));

        await using var second = PortalProcess.Start("create-tables", $"--Dynamo:DataFolder={Folder}");
        Assert.Equal(0, await second.Exited.WaitAsync(TimeSpan.FromMinutes(1)));

        Assert.Contains("tables were there already", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_Unknown_ListsTheKnownOnes()
    {
        await using var portal = PortalProcess.Start("make-money", "--Dynamo:InMemory=true");

        Assert.Equal(2, await portal.Exited.WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Empty(portal.Results);
        Assert.Contains("Unrecognized command or argument 'make-money'.", portal.Output, StringComparison.Ordinal);
        Assert.Contains("create-tables", portal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_Misspelt_SuggestsTheRightOne()
    {
        await using var portal = PortalProcess.Start("verify-leger");

        Assert.Equal(2, await portal.Exited.WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Matches(@"Did you mean[^\n]*\s+verify-ledger\s", portal.Output);
    }

    [Fact]
    public async Task Help_WhateverTheConfiguration_ListsTheCommands()
    {
        await using var portal = PortalProcess.Start("--help", "--Dynamo:Mode=None");

        Assert.Equal(0, await portal.Exited.WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.All(
            ["create-tables", "import <file>", "rebuild-days", "verify-ledger"],
            command => Assert.Contains(portal.Results, line => line.StartsWith($"  {command} ", StringComparison.Ordinal)));
    }

    private PortalProcess Start(params string[] settings) => PortalProcess.Start([$"--Dynamo:DataFolder={Folder}", .. settings]);

    private async Task<PortalProcess> ServeAsync()
    {
        var portal = Start();
        await UntilAsync(() =>
        {
            Assert.False(portal.Exited.IsCompleted, portal.Output);
            return portal.Address is not null && portal.EngineId is not null;
        });
        return portal;
    }
}
