using System.Net;
using System.Text.RegularExpressions;

namespace BankPortal.Bench;

/// <summary>
/// A browser of sorts: keeps its cookies, also those that a real one would only keep over https or on localhost, and sends the form of
/// the page it opened. Follows nothing by itself. Not thread-safe.
/// </summary>
/// <param name="http">The client; any number of browsers may share it, because it keeps no cookies.</param>
internal sealed partial class BenchBrowser(HttpClient http)
{
    private readonly Dictionary<string, string> _cookies = new(StringComparer.Ordinal);
    private string _path = "/";
    private string _page = "";

    /// <summary>A client for browsers.</summary>
    public static HttpClient NewClient(Uri address) =>
        new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, MaxConnectionsPerServer = int.MaxValue })
        {
            BaseAddress = address,
            Timeout = TimeSpan.FromMinutes(2),
        };

    /// <summary>Opens a page and reads it whole.</summary>
    public async Task<HttpStatusCode> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        var status = await SendAsync(request);
        _path = path;
        return status;
    }

    /// <summary>Sends the form of the page that was opened last, with everything hidden in it.</summary>
    public async Task<HttpStatusCode> SendFormAsync(params (string Name, string Value)[] values)
    {
        var hidden = HiddenInput().Matches(_page)
            .Select(input => KeyValuePair.Create(input.Groups["name"].Value, WebUtility.HtmlDecode(input.Groups["value"].Value)));
        using var request = new HttpRequestMessage(HttpMethod.Post, _path)
        {
            Content = new FormUrlEncodedContent(hidden.Concat(values.Select(value => KeyValuePair.Create(value.Name, value.Value)))),
        };
        return await SendAsync(request);
    }

    /// <summary>Signs in with a password alone.</summary>
    /// <exception cref="BenchFailedException">It did not lead to a page for signed-in people.</exception>
    public async Task SignInAsync(string email, string password)
    {
        await GetAsync("/auth/login");
        if (await SendFormAsync(("Form.Email", email), ("Form.Password", password)) is not HttpStatusCode.Redirect and var status)
        {
            throw new BenchFailedException($"Signing in was answered with {(int)status}.");
        }
    }

    private async Task<HttpStatusCode> SendAsync(HttpRequestMessage request)
    {
        request.Headers.Accept.ParseAdd("text/html");
        if (_cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        }

        using var response = await http.SendAsync(request);
        _page = await response.Content.ReadAsStringAsync();
        foreach (var cookie in response.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            var pair = cookie.Split(';')[0].Split('=', 2);
            _cookies[pair[0]] = pair[1];
        }

        return response.StatusCode;
    }

    [GeneratedRegex(
        """<input type="hidden" name="(?<name>[^"]*)" value="(?<value>[^"]*)"[^>]*>""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HiddenInput();
}
