using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace BankPortal.Tests.Identity;

/// <summary>
/// A browser of sorts over HTTP: keeps cookies, fills and sends forms with everything they carry, follows nothing by itself.
/// </summary>
internal sealed partial class AuthBrowser(HttpClient http)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The client, for what needs no form.</summary>
    public HttpClient Http => http;

    /// <summary>The last response.</summary>
    public HttpResponseMessage Response { get; private set; } = new();

    /// <summary>The last page.</summary>
    public IHtmlDocument Page { get; private set; } = new HtmlParser().ParseDocument("");

    /// <summary>The last page as text.</summary>
    public string Body { get; private set; } = "";

    /// <summary>Where the last response leads, path and query; null when nowhere.</summary>
    public string? Location => Response.Headers.Location is { } location
        ? location.IsAbsoluteUri ? location.PathAndQuery : location.OriginalString
        : null;

    /// <summary>The last page without what differs from request to request: tokens and markers.</summary>
    public string NeutralBody => Varying().Replace(Body, "");

    /// <summary>The sentences of the error summary.</summary>
    public IReadOnlyList<string> Errors => [.. Page.QuerySelectorAll("[data-error-summary] li").Select(item => item.TextContent.Trim())];

    /// <summary>Opens a page.</summary>
    public async Task<AuthBrowser> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html");
        await ReadAsync(await http.SendAsync(request, Ct));
        return this;
    }

    /// <summary>Sends the only form of the page with these values, by the names of the inputs ("Form.Email").</summary>
    public Task<AuthBrowser> SendAsync(params (string Name, string Value)[] values) =>
        SendAsync(Assert.Single(Page.QuerySelectorAll<IHtmlFormElement>("main form[method=post]")), values);

    /// <summary>Sends the form with that handler, on a page with several.</summary>
    public Task<AuthBrowser> SendFormAsync(string handler, params (string Name, string Value)[] values) =>
        SendAsync(
            Assert.Single(
                Page.QuerySelectorAll<IHtmlFormElement>("form[method=post]"),
                form => form.QuerySelector<IHtmlInputElement>("input[name=_handler]")?.Value == handler),
            values);

    private async Task<AuthBrowser> SendAsync(IHtmlFormElement form, (string Name, string Value)[] values)
    {
        var fields = form.QuerySelectorAll<IHtmlInputElement>("input[name]")
            .ToDictionary(input => input.Name!, input => input.Value, StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            Assert.True(fields.ContainsKey(name), $"The form has no input {name}, only {string.Join(", ", fields.Keys)}.");
            fields[name] = value;
        }

        var action = form.GetAttribute("action");
        var target = string.IsNullOrEmpty(action) ? Response.RequestMessage!.RequestUri!.PathAndQuery : action;
        using var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Accept.ParseAdd("text/html");
        await ReadAsync(await http.SendAsync(request, Ct));
        return this;
    }

    /// <summary>Goes where the last response leads.</summary>
    public Task<AuthBrowser> FollowAsync() =>
        GetAsync(Location ?? throw new InvalidOperationException("The last response leads nowhere:\n" + Body));

    /// <summary>Checks that the last response leads to an address.</summary>
    public AuthBrowser LeadsTo(string location)
    {
        Assert.True(
            Response.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.SeeOther,
            $"{Response.StatusCode} instead of a redirect to {location}:\n{Body}"
        );
        Assert.Equal(location, Location);
        return this;
    }

    private async Task ReadAsync(HttpResponseMessage response)
    {
        Response = response;
        Body = await response.Content.ReadAsStringAsync(Ct);
        Page = await new HtmlParser(new HtmlParserOptions(), BrowsingContext.New()).ParseDocumentAsync(Body, Ct);
    }

    [GeneratedRegex(
        """(?<=name="__RequestVerificationToken" value=")[^"]*|<!--.*?-->|<blazor-ssr>.*?</blazor-ssr>""",
        RegexOptions.Singleline,
        matchTimeoutMilliseconds: 5000
    )]
    private static partial Regex Varying();
}
