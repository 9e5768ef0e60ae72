using System.CommandLine;
using BankPortal.Core.Common.Jobs;
using BankPortal.Core.Notifications;
using BankPortal.Core.Notifications.Delivery;
using BankPortal.Infrastructure.Dynamo.Jobs;
using BankPortal.Infrastructure.Notifications;
using BankPortal.Web.Hosting.Jobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace BankPortal.Bench;

/// <summary>A process that turns events into messages and sends them, with the portal's jobs, until it is killed.</summary>
internal static class AlertsProcess
{
    private const string Name = "alerts-process";

    // A killed process holds its lease until this has passed.
    private const string LeaseFor = "00:00:10";

    /// <summary>The command, which only <see cref="Start"/> calls: the help does not show it.</summary>
    public static Command Define()
    {
        var endpoint = new Argument<Uri>("endpoint") { CustomParser = given => new Uri(given.Tokens[0].Value) };
        var sink = new Argument<Uri>("sink") { CustomParser = given => new Uri(given.Tokens[0].Value) };
        var command = new Command(Name) { endpoint, sink };
        command.Hidden = true;
        command.SetAction(call => RunAsync(call.GetRequiredValue(endpoint), call.GetRequiredValue(sink)));
        return command;
    }

    /// <summary>Starts one.</summary>
    public static Process Start(Uri endpoint, Uri sink)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false };
        start.ArgumentList.Add(typeof(AlertsProcess).Assembly.Location);
        start.ArgumentList.Add(Name);
        start.ArgumentList.Add(endpoint.AbsoluteUri);
        start.ArgumentList.Add(sink.AbsoluteUri);
        return Process.Start(start) ?? throw new BenchFailedException("The process that sends did not start.");
    }

    private static async Task<int> RunAsync(Uri endpoint, Uri sink)
    {
        await using var bank = await BenchBank.JoinAsync(endpoint, builder =>
        {
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Notifications:Sender"] = nameof(NotificationSenderKind.None),
                ["Jobs:LeaseFor"] = LeaseFor,
                ["Jobs:LookEvery"] = "00:00:00.5",
            });
            builder.Services.AddJobs();
            builder.Services.AddNotifications();
            builder.Services.AddNotificationCentre();
            builder.Services.AddSingleton<IContactDirectory, NoContacts>();
            builder.Services.AddSingleton<IStaffDirectory, NoStaff>();
            builder.Services.AddSingleton<IDeliveryChannel>(new SinkChannel(sink));
        });
        var options = bank.Services.GetRequiredService<JobOptions>();

        // Only what is measured: the bank's other jobs would work beside it.
        var jobs = new JobService(
            bank.Services.GetRequiredService<IJobStore>(),
            [bank.Services.GetRequiredService<NotificationJob>(), bank.Services.GetRequiredService<DeliveryJob>()],
            options,
            TimeZoneInfo.Utc,
            TimeProvider.System,
            NullLogger<JobService>.Instance);
        using var worker = new JobWorker(
            jobs,
            options,
            TimeProvider.System,
            NullLogger<JobWorker>.Instance);
        await worker.StartAsync(CancellationToken.None);
        await Task.Delay(Timeout.Infinite);
        return 0;
    }

    private sealed class NoContacts : IContactDirectory
    {
        public Task<PersonContact?> FindAsync(string userId, CancellationToken ct = default) => Task.FromResult<PersonContact?>(null);
    }

    private sealed class NoStaff : IStaffDirectory
    {
        public Task<IReadOnlyList<StaffMember>> ListAsync(IReadOnlyCollection<string> roles, CancellationToken ct = default) =>
            Task.FromResult<IReadOnlyList<StaffMember>>([]);
    }

    /// <summary>Sends the reference and the id to the listener of the measurement.</summary>
    private sealed class SinkChannel(Uri sink) : IDeliveryChannel, IDisposable
    {
        private const string ReferenceLine = "Reference: ";

        private readonly HttpClient _http = new();

        public DeliveryChannel Channel => DeliveryChannel.Sms;

        public bool IsAvailable => true;

        public async Task<DeliveryOutcome> SendAsync(Delivery delivery, CancellationToken ct = default)
        {
            var reference = delivery.Body.Split('\n').First(line => line.StartsWith(ReferenceLine, StringComparison.Ordinal));
            using var content = new StringContent($"{reference[ReferenceLine.Length..]}\n{delivery.Id}");
            using var answer = await _http.PostAsync(sink, content, ct);
            answer.EnsureSuccessStatusCode();
            return DeliveryOutcome.Sent;
        }

        public void Dispose() => _http.Dispose();
    }
}
