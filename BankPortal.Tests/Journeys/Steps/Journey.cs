namespace BankPortal.Tests.Journeys.Steps;

/// <summary>One journey: the windows that were opened for it, and what is kept of them when it goes wrong.</summary>
public sealed class Journey(ChromiumFixture chromium, JourneyPortal portal, string name) : IAsyncDisposable
{
    private static readonly string Results = Path.Combine(
        typeof(Journey)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "RepositoryFolder")
            .Value!,
        "BankPortal.Tests",
        "TestResults",
        "Journeys"
    );

    private readonly List<Visitor> _visitors = [];

    static Journey() => Assertions.SetDefaultExpectTimeout(60_000);

    /// <summary>The portal.</summary>
    public JourneyPortal Portal => portal;

    /// <summary>Opens a new browser without cookies.</summary>
    /// <param name="who">A name for the pictures of a failure.</param>
    /// <param name="options">What kind of browser; a desktop in the light theme if nothing is said.</param>
    public async Task<Visitor> OpenBrowserAsync(string who, BrowserNewContextOptions? options = null)
    {
        options ??= new BrowserNewContextOptions();
        options.ReducedMotion ??= ReducedMotion.Reduce;
        options.AcceptDownloads ??= true;
        var address = options.BaseURL ?? portal.Address;
        var context = await chromium.NewContextAsync(address, options);
        var visitor = new Visitor(context, await WatchedPageAsync(context, out var watch), watch, who);
        _visitors.Add(visitor);
        return visitor;

        Task<IPage> WatchedPageAsync(IBrowserContext of, out PageWatch watching)
        {
            watching = new PageWatch(of, address);
            return of.NewPageAsync();
        }
    }

    /// <summary>Opens a browser, signs in, and stands on the dashboard.</summary>
    public async Task<Visitor> SignInAsync(Person person, BrowserNewContextOptions? options = null)
    {
        var visitor = await OpenBrowserAsync(person.Name.Split(' ')[0], options);
        await visitor.SignInAsync(person);
        return visitor;
    }

    /// <summary>Another tab of the same browser.</summary>
    public async Task<Visitor> OpenTabAsync(Visitor visitor, string who)
    {
        var tab = new Visitor(visitor.Context, await visitor.Context.NewPageAsync(), visitor.Watch, who);
        _visitors.Add(tab);
        return tab;
    }

    /// <summary>Walks; a failure says where the evidence lies, and complaints of the pages are a failure.</summary>
    public async Task WalkAsync(Func<Journey, Task> walk)
    {
        var before = portal.Log.Errors.Count;
        try
        {
            await walk(this);
            var complaints = _visitors.Select(visitor => visitor.Watch).Distinct().SelectMany(watch => watch.Complaints).ToList();
            Assert.True(
                complaints.Count == 0,
                "The pages complained:" + Environment.NewLine + string.Join(Environment.NewLine, complaints)
            );

            // The log is the portal's, so this may be the doing of a journey that was walked at the same time.
            var errors = portal.Log.Errors.Skip(before).ToList();
            Assert.True(errors.Count == 0, "The portal logged errors:" + Environment.NewLine + string.Join(Environment.NewLine, errors));
        }
        catch (Exception exception) when (!IsSkip(exception))
        {
            var evidence = await KeepEvidenceAsync();
            throw new JourneyFailedException(exception.Message + Environment.NewLine + evidence, exception);
        }
    }

    /// <summary>Keeps a picture of a page for people to look at, where <c>BANKPORTAL_JOURNEY_PICTURES</c> names a folder.</summary>
    public static async Task KeepPictureAsync(Visitor visitor, string title)
    {
        if (Environment.GetEnvironmentVariable("BANKPORTAL_JOURNEY_PICTURES") is { Length: > 0 } folder)
        {
            var file = string.Concat(title.Trim('/').Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
            await visitor.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, file + ".png"), FullPage = true });
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var context in _visitors.Select(visitor => visitor.Context).Distinct())
        {
            await context.DisposeAsync();
        }
    }

    // How xunit marks the exception of a skipped test.
    private static bool IsSkip(Exception exception) => exception.Message.StartsWith("$XunitDynamicSkip$", StringComparison.Ordinal);

    private async Task<string> KeepEvidenceAsync()
    {
        var kept = new List<string>();
        foreach (var (visitor, i) in _visitors.Select((visitor, i) => (visitor, i)))
        {
            var file = Path.Combine(Results, string.Create(CultureInfo.InvariantCulture, $"{name}-{i + 1}-{visitor.Who}"));
            try
            {
                Directory.CreateDirectory(Results);
                await visitor.Page.ScreenshotAsync(new PageScreenshotOptions { Path = file + ".png", FullPage = true, Timeout = 30_000 });
                var text = await visitor.Page.Locator("body").InnerTextAsync(new LocatorInnerTextOptions { Timeout = 30_000 });
                await File.WriteAllTextAsync(
                    file + ".txt",
                    string.Join(Environment.NewLine, [visitor.Page.Url, .. visitor.Watch.Complaints, "", text])
                );
                kept.Add($"{visitor.Who} stood at {visitor.Page.Url}; see {file}.png and .txt");
            }
            catch (Exception exception) when (exception is PlaywrightException or TimeoutException or IOException)
            {
                kept.Add($"{visitor.Who} stood at {visitor.Page.Url}; no picture: {exception.Message}");
            }

            kept.AddRange(visitor.Watch.Complaints.Select(complaint => $"  {visitor.Who}: {complaint}"));
        }

        return string.Join(Environment.NewLine, kept);
    }
}
