using Microsoft.AspNetCore.Routing;

namespace BankPortal.Tests.Hosting;

/// <summary>
/// What can be read answers HEAD as it answers GET; other methods are refused with 405 and the list of those that are taken.
/// </summary>
[EngineTest]
public sealed class HttpMethodTests(FrameTests.Portal portal) : IClassFixture<FrameTests.Portal>
{
    private static readonly string[] Refused = ["OPTIONS", "PUT", "DELETE", "TRACE", "PATCH"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/", HttpStatusCode.OK)]
    [InlineData("/auth/login", HttpStatusCode.OK)]
    [InlineData("/auth/logout", HttpStatusCode.OK)]
    [InlineData("/account/dashboard", HttpStatusCode.Redirect)]
    [InlineData("/fraud/queue", HttpStatusCode.Redirect)]
    [InlineData("/identity/session", HttpStatusCode.Unauthorized)]
    [InlineData("/css/app.css", HttpStatusCode.OK)]
    [InlineData("/health/live", HttpStatusCode.OK)]
    [InlineData("/no-such-page", HttpStatusCode.NotFound)]
    public async Task Head_OfAnything_IsAsGetWithoutABody(string path, HttpStatusCode status)
    {
        using var get = await portal.Client.GetAsync(path, Ct);
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using var head = await portal.Client.SendAsync(request, Ct);

        Assert.Equal(status, get.StatusCode);
        Assert.Equal(status, head.StatusCode);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Equal(get.Headers.CacheControl?.ToString(), head.Headers.CacheControl?.ToString());
        Assert.Equal(get.Headers.Location?.OriginalString, head.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("/", "GET, HEAD, POST")]
    [InlineData("/auth/login", "GET, HEAD, POST")]
    [InlineData("/account/dashboard", "GET, HEAD, POST")]
    [InlineData("/fraud/queue", "GET, HEAD, POST")]
    [InlineData("/identity/session", "GET, HEAD")]
    [InlineData("/css/app.css", "GET, HEAD")]
    [InlineData("/health/live", "GET, HEAD")]
    [InlineData("/health/ready", "GET, HEAD")]
    public async Task OtherMethod_OnAPageOrFile_IsRefusedWithThoseThatAreTaken(string path, string allowed)
    {
        foreach (var method in Refused)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            using var response = await portal.Client.SendAsync(request, Ct);

            Assert.True(response.StatusCode == HttpStatusCode.MethodNotAllowed, $"{method} {path}: {response.StatusCode}");
            Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow.Order(StringComparer.Ordinal)));
            Assert.Contains("This address does not take that request", await response.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Endpoint_ThatAnswersGet_AnswersHead()
    {
        var endpoints = portal.Services.GetRequiredService<EndpointDataSource>().Endpoints;
        var lacking = endpoints
            .Select(endpoint => (endpoint.DisplayName, Methods: endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []))
            .Where(endpoint => endpoint.Methods.Contains("GET") && !endpoint.Methods.Contains("HEAD"))
            .Select(endpoint => endpoint.DisplayName);

        Assert.True(endpoints.Count > 50);
        Assert.Equal("", string.Join(Environment.NewLine, lacking));
    }
}
