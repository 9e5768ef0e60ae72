using System.Diagnostics.Metrics;

namespace BankPortal.Tests.Fakes;

/// <summary>Adds up what a counter of the portal counts from now on, as a collector of metrics sees it.</summary>
internal sealed class CounterOf : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(long Value, Dictionary<string, object?> Tags)> _seen = [];

    /// <param name="meter">The meter's name.</param>
    /// <param name="counter">The counter's name.</param>
    /// <param name="services">The services whose meters are listened to: those of other tests have the same names.</param>
    public CounterOf(string meter, string counter, IServiceProvider services)
    {
        var factory = services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == counter && instrument.Meter.Name == meter && ReferenceEquals(instrument.Meter.Scope, factory))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>(
            (_, value, tags, _) => _seen.Enqueue((value, new(tags.ToArray(), StringComparer.Ordinal))));
        _listener.Start();
    }

    /// <summary>The sum of everything counted.</summary>
    public long Sum => _seen.Sum(measured => measured.Value);

    /// <summary>The sum of what was counted with all these tags.</summary>
    public long SumOf(params (string Name, string Value)[] tags) => _seen
        .Where(measured => tags.All(tag => measured.Tags.TryGetValue(tag.Name, out var value) && Equals(value, tag.Value)))
        .Sum(measured => measured.Value);

    public void Dispose() => _listener.Dispose();
}
