using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace BankPortal.Tests.Identity.Security;

[UnitTest]
public sealed class PoliciesTests
{
    private static readonly ServiceProvider Services = Build();

    [Theory]
    [InlineData(Policies.Customer, BankRoles.Customer)]
    [InlineData(Policies.FraudDesk, BankRoles.Analyst)]
    [InlineData(Policies.ComplianceOffice, BankRoles.Compliance)]
    [InlineData(Policies.ManagementReports, BankRoles.Manager)]
    [InlineData(Policies.Administration, BankRoles.Admin)]
    public async Task Policy_OfAModule_AdmitsOnlyItsRole(string policy, string role)
    {
        foreach (var other in BankRoles.All)
        {
            Assert.Equal(other == role, await AllowsAsync(policy, Person(other, multiFactor: true)));
        }

        Assert.False(await AllowsAsync(policy, Visitor));
    }

    [Fact]
    public async Task TransactionDesk_LetsAnalystsAndAdministratorsIn()
    {
        foreach (var role in BankRoles.All)
        {
            Assert.Equal(
                role is BankRoles.Analyst or BankRoles.Admin,
                await AllowsAsync(Policies.TransactionDesk, Person(role, multiFactor: true))
            );
            Assert.False(await AllowsAsync(Policies.TransactionDesk, Person([role, BankRoles.Analyst], multiFactor: false)));
        }

        Assert.False(await AllowsAsync(Policies.TransactionDesk, Visitor));
    }

    [Fact]
    public async Task Books_OfAnyRole_AdmitsThoseResponsibleForTheLedger()
    {
        foreach (var role in BankRoles.All)
        {
            var answers = role is BankRoles.Analyst or BankRoles.Compliance or BankRoles.Admin;
            Assert.Equal(answers, await AllowsAsync(Policies.Reconciliation, Person(role, multiFactor: true)));
            Assert.False(await AllowsAsync(Policies.Reconciliation, Person(role, multiFactor: false)));
        }
    }

    [Theory]
    [InlineData(BankRoles.Analyst, Policies.FraudDesk)]
    [InlineData(BankRoles.Compliance, Policies.ComplianceOffice)]
    [InlineData(BankRoles.Manager, Policies.ManagementReports)]
    [InlineData(BankRoles.Admin, Policies.Administration)]
    public async Task Staff_WithoutSecondFactor_PassNoPolicyButTheOneForSettingItUp(string role, string policy)
    {
        var person = Person(role, multiFactor: false);

        Assert.False(await AllowsAsync(policy, person));
        Assert.False(await AllowsAsync(Policies.Staff, person));
        Assert.False(await AllowsAsync(null, person));
        Assert.False(await FallbackAllowsAsync(person, new DefaultHttpContext()));
        Assert.True(await AllowsAsync(Policies.SignedIn, person));
    }

    [Fact]
    public async Task Customer_WhoIsAlsoStaffWithoutSecondFactor_IsNotLetIn() =>
        Assert.False(await AllowsAsync(Policies.Customer, Person([BankRoles.Customer, BankRoles.Analyst], multiFactor: false)));

    [Fact]
    public async Task Fallback_SomethingWithoutPolicy_NeedsASignedInPerson()
    {
        var somewhere = new DefaultHttpContext();
        somewhere.SetEndpoint(new Endpoint(null, null, "forgotten"));

        Assert.False(await FallbackAllowsAsync(Visitor, somewhere));
        Assert.True(await FallbackAllowsAsync(Person(BankRoles.Customer, multiFactor: false), somewhere));
        Assert.True(await FallbackAllowsAsync(Visitor, new DefaultHttpContext()));
    }

    private static ClaimsPrincipal Visitor => new(new ClaimsIdentity());

    private static ClaimsPrincipal Person(string role, bool multiFactor) => Person([role], multiFactor);

    private static ClaimsPrincipal Person(string[] roles, bool multiFactor)
    {
        var claims = roles.Select(role => new Claim(ClaimTypes.Role, role)).Append(new Claim(ClaimTypes.NameIdentifier, "u1"));
        if (multiFactor)
        {
            claims = claims.Append(new Claim(BankClaims.AuthenticationMethod, BankClaims.MultiFactor));
        }

        return new ClaimsPrincipal(new ClaimsIdentity(claims, "test"));
    }

    private static async Task<bool> AllowsAsync(string? policy, ClaimsPrincipal person)
    {
        var provider = Services.GetRequiredService<IAuthorizationPolicyProvider>();
        var found = policy is null ? await provider.GetDefaultPolicyAsync() : await provider.GetPolicyAsync(policy);
        return (await Services.GetRequiredService<IAuthorizationService>().AuthorizeAsync(person, null, found!)).Succeeded;
    }

    private static async Task<bool> FallbackAllowsAsync(ClaimsPrincipal person, HttpContext resource)
    {
        var found = await Services.GetRequiredService<IAuthorizationPolicyProvider>().GetFallbackPolicyAsync();
        return (await Services.GetRequiredService<IAuthorizationService>().AuthorizeAsync(person, resource, found!)).Succeeded;
    }

    private static ServiceProvider Build()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddAuthorizationBuilder().AddBankPolicies();
        return services.BuildServiceProvider();
    }
}
