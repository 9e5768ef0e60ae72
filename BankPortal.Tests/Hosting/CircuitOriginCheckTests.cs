using BankPortal.Web.Hosting.Security;
using Microsoft.AspNetCore.Http;

namespace BankPortal.Tests.Hosting;

[UnitTest]
public sealed class CircuitOriginCheckTests
{
    [Theory]
    [InlineData("bank.example", "https://bank.example", true), InlineData("bank.example", "http://bank.example", true)]
    [InlineData("bank.example:8443", "https://bank.example:8443", true)]
    [InlineData("bank.example:443", "https://bank.example", true)]
    [InlineData("BANK.example", "https://bank.EXAMPLE", true)]
    [InlineData("localhost:5080", "http://localhost:5080", true)]
    [InlineData("bank.example", "https://front.example", true)]
    [InlineData("bank.example", "https://evil.example", false)]
    [InlineData("bank.example", "https://bank.example.evil.example", false)]
    [InlineData("bank.example", "https://bank.example:8443", false), InlineData("bank.example", "null", false)]
    [InlineData("bank.example", "file://bank.example", false), InlineData("bank.example", null, false)]
    public void IsOurs_SocketFromAPage_OnlyFromOurOwn(string host, string? origin, bool expected)
    {
        var request = Request(host, origin);
        request.Headers.Upgrade = "websocket";

        Assert.Equal(expected, CircuitOriginCheck.IsOurs(request, new ShellOptions { AllowedOrigins = ["https://front.example"] }));
    }

    [Fact]
    public void IsOurs_PlainRequestWithoutOrigin_Passes() =>
        Assert.True(CircuitOriginCheck.IsOurs(Request("bank.example", null), new ShellOptions()));

    private static HttpRequest Request(string host, string? origin)
    {
        var request = new DefaultHttpContext().Request;
        request.Method = "GET";
        request.Host = new HostString(host);
        if (origin is not null)
        {
            request.Headers.Origin = origin;
        }

        return request;
    }
}
