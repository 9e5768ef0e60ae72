using System.Net;

namespace BankPortal.Bench;

/// <summary>
/// What a crowd of sign-ins does to everybody else: the time in which a signed-in customer's dashboard loads when it is quiet, and while
/// many people sign in at the same moment with the right password.
/// </summary>
internal static class SignInsBench
{
    private const string Dashboard = "/account/dashboard";
    private const int QuietLoads = 60;
    private const int Aim = 3;

    public static async Task<object> RunAsync(BenchOptions options, Figures figures)
    {
        await using var portal = new BenchPortal();
        var address = portal.Start();
        using var http = BenchBrowser.NewClient(address);
        var people = await portal.AddCustomersAsync(options.People + 1);
        var reader = new BenchBrowser(http);
        await reader.SignInAsync(people[^1].Email, BenchPortal.Password);
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"Sign-ins: a dashboard, in quiet and while {options.People} people sign in at once"));

        // The first loads compile what they use.
        await LoadAsync(reader, QuietLoads);
        await BurstAsync(http, reader, people.Take(10));

        var table = new TextTable(
            "round", "quiet p50 ms", "quiet p95 ms", "burst p50 ms", "burst p95 ms", "p95 ratio", "loads", "burst s", "in", "503", "others");
        var rounds = new List<Round>();
        for (var i = 1; i <= options.Rounds; i++)
        {
            var quiet = await LoadAsync(reader, QuietLoads);
            var (burst, seconds, answers) = await BurstAsync(http, reader, people.Take(options.People));
            var round = new Round(
                At(quiet, 0.5),
                At(quiet, 0.95),
                At(burst, 0.5),
                At(burst, 0.95),
                burst.Length,
                seconds,
                answers.Count(answer => answer == HttpStatusCode.Redirect),
                answers.Count(answer => answer == HttpStatusCode.ServiceUnavailable),
                answers.Count(answer => answer is not (HttpStatusCode.Redirect or HttpStatusCode.ServiceUnavailable)));
            rounds.Add(round);
            table.Add(
                i.ToString(CultureInfo.InvariantCulture),
                Lap.Show(round.QuietP50, 1),
                Lap.Show(round.QuietP95, 1),
                Lap.Show(round.BurstP50, 1),
                Lap.Show(round.BurstP95, 1),
                Lap.Show(round.Ratio, 2),
                Lap.Show(round.Loads, 0),
                Lap.Show(round.Seconds, 1),
                Lap.Show(round.SignedIn, 0),
                Lap.Show(round.AskedToComeBack, 0),
                Lap.Show(round.Others, 0));
        }

        table.Print();
        var ratio = Lap.Median(rounds.Select(round => round.Ratio));
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Median ratio of the p95: {ratio:0.00} (the aim is at most {Aim}). 'in' are sign-ins that succeeded, '503' were asked to come back, 'others' must be 0."));
        Console.WriteLine();
        figures.Less("sign-ins: p95 of a dashboard in a burst, to the quiet one", ratio);
        figures.Less("sign-ins: p95 ms of a dashboard in a burst", Lap.Median(rounds.Select(round => round.BurstP95)));
        figures.Less("sign-ins: seconds of a burst", Lap.Median(rounds.Select(round => round.Seconds)));
        var failed = rounds.Sum(round => round.Others);
        return failed == 0
            ? new { people = options.People, rounds, ratio }
            : throw new BenchFailedException($"{failed} sign-ins were answered neither with a redirect nor with 503.");
    }

    // One load after the other, as a person makes them.
    private static async Task<double[]> LoadAsync(BenchBrowser reader, int count)
    {
        var times = new double[count];
        for (var i = 0; i < count; i++)
        {
            times[i] = await LoadAsync(reader);
        }

        Array.Sort(times);
        return times;
    }

    private static async Task<double> LoadAsync(BenchBrowser reader)
    {
        var start = Stopwatch.GetTimestamp();
        return await reader.GetAsync(Dashboard) is HttpStatusCode.OK
            ? Stopwatch.GetElapsedTime(start).TotalMilliseconds
            : throw new BenchFailedException("The dashboard did not load.");
    }

    // Loads the dashboard for as long as anybody is still waiting to get in.
    private static async Task<(double[] Times, double Seconds, HttpStatusCode[] Answers)> BurstAsync(
        HttpClient http, BenchBrowser reader, IEnumerable<(string Email, string Id)> people)
    {
        // The forms are open before; what is measured is that all of them are sent in one moment.
        var forms = new List<(BenchBrowser Browser, string Email)>();
        foreach (var (email, _) in people)
        {
            var browser = new BenchBrowser(http);
            await browser.GetAsync("/auth/login");
            forms.Add((browser, email));
        }

        var start = Stopwatch.GetTimestamp();
        var burst = Task.WhenAll(forms.Select(form =>
            form.Browser.SendFormAsync(("Form.Email", form.Email), ("Form.Password", BenchPortal.Password))));
        var times = new List<double>();
        do
        {
            times.Add(await LoadAsync(reader));
        }
        while (!burst.IsCompleted);

        var answers = await burst;
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        times.Sort();
        return ([.. times], seconds, answers);
    }

    // The nearest rank.
    private static double At(double[] sorted, double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];

    /// <summary>What one round found; times in milliseconds.</summary>
    private sealed record Round(
        double QuietP50,
        double QuietP95,
        double BurstP50,
        double BurstP95,
        int Loads,
        double Seconds,
        int SignedIn,
        int AskedToComeBack,
        int Others)
    {
        public double Ratio => BurstP95 / QuietP95;
    }
}
