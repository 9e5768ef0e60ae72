namespace BankPortal.Tests.Journeys.Steps;

/// <summary>
/// Listens to every page of a browser window and notes what no page of the portal may do: write an error to the console, throw in
/// a script, ask for something that cannot be had, ask anybody but the portal.
/// </summary>
public sealed class PageWatch
{
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentBag<(int Status, string Path)> _expected = [];
    private readonly ConcurrentBag<string> _expectedWords = [];
    private readonly string _address;

    public PageWatch(IBrowserContext context, string address)
    {
        _address = address;
        context.Console += (_, message) =>
        {
            // What could not be had is noted below, with its status and whether it was expected.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)
                && !_expectedWords.Any(words => message.Text.Contains(words, StringComparison.Ordinal)))
            {
                Note("console", $"{message.Text} ({message.Location})");
            }
        };
        context.WebError += (_, error) => Note("script", error.Error);
        context.Request += (_, request) => CheckAddress(request.Url);
        context.RequestFailed += (_, request) =>
        {
            // A page that is left takes its open requests with it.
            if (request.Failure is not ("net::ERR_ABORTED" or null))
            {
                Note("failed", $"{request.Method} {request.Url}: {request.Failure}");
            }
        };
        context.Response += (_, response) =>
        {
            // A tab may ask for its proof before the browser has the new key; it asks again, and its session ends only if that fails.
            var isEarlyProof = response.Status == 401
                && new Uri(response.Url).PathAndQuery.StartsWith("/identity/session?prove=", StringComparison.Ordinal);
            if (response.Status >= 400 && !isEarlyProof && !_expected.Contains((response.Status, new Uri(response.Url).AbsolutePath)))
            {
                Note("status", $"{response.Status} for {response.Request.Method} {response.Url}");
            }
        };
        context.Page += (_, page) =>
        {
            page.WebSocket += (_, socket) => CheckAddress(socket.Url.Replace("ws", "http", StringComparison.Ordinal));
            page.Crash += (_, _) => Note("crash", page.Url);
        };
    }

    /// <summary>What was noted so far.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>Says that the journey means to get this answer.</summary>
    public void Expect(int status, string path) => _expected.Add((status, path));

    /// <summary>Expects a message with this text in the browser's console, which would otherwise fail the journey.</summary>
    public void ExpectText(string words) => _expectedWords.Add(words);

    private void CheckAddress(string url)
    {
        if (!url.StartsWith(_address, StringComparison.Ordinal) && new Uri(url).Scheme is not ("data" or "blob" or "about"))
        {
            Note("elsewhere", url);
        }
    }

    private void Note(string kind, string what) => _complaints.Enqueue($"{kind}: {what}");
}
