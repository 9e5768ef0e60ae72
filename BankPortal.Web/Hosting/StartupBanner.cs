using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace BankPortal.Web.Hosting;

/// <summary>
/// Prints where the portal can be reached, once it can be. Modules may add lines of their own by <see cref="IStartupNote"/>.
/// </summary>
internal sealed class StartupBanner(IServer server, IHostApplicationLifetime lifetime, IEnumerable<IStartupNote> notes) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Print);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Print()
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        Console.WriteLine();
        foreach (var address in addresses)
        {
            Console.WriteLine($"  BankPortal is open at {address}");
        }

        foreach (var line in notes.SelectMany(note => note.Lines()))
        {
            Console.WriteLine("  " + line);
        }

        Console.WriteLine("  Press Ctrl+C to stop.");
        Console.WriteLine();
    }
}
