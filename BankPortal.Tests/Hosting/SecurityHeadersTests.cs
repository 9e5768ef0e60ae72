using BankPortal.Web.Hosting.Security;
using Microsoft.AspNetCore.Http;

namespace BankPortal.Tests.Hosting;

[UnitTest]
public sealed class SecurityHeadersTests
{
    [Theory]
    [InlineData("bank.example", true, "connect-src 'self' wss://bank.example;")]
    [InlineData("localhost:5080", false, "connect-src 'self' ws://localhost:5080;")]
    [InlineData("evil.example; script-src *", true, "connect-src 'self';")]
    [InlineData("a b", true, "connect-src 'self';")]
    public void ContentSecurityPolicy_Host_IsNamedOnlyIfItIsOne(string host, bool https, string expected)
    {
        var request = new DefaultHttpContext().Request;
        request.Host = new HostString(host);
        request.IsHttps = https;

        var policy = SecurityHeaders.ContentSecurityPolicy(request);

        Assert.Contains(expected, policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("*", policy, StringComparison.Ordinal);
    }
}
