using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;

namespace BankPortal.Tests.Architecture;

/// <summary>
/// Every page says who may open it. Inside a circuit only these attributes are looked at, so the fallback policy does not
/// catch a page that forgets.
/// </summary>
[UnitTest]
public sealed class PagePolicyTests
{
    private static readonly string[] Known =
        [.. typeof(Policies).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)];

    public static TheoryData<Type> Pages =>
        [.. typeof(Program).Assembly.GetTypes().Where(type => type.GetCustomAttributes<RouteAttribute>().Any())];

    [Theory, MemberData(nameof(Pages))]
    public void Page_OfThePortal_NamesWhoMayOpenIt(Type page)
    {
        var authorize = page.GetCustomAttributes<AuthorizeAttribute>(inherit: true).ToList();
        var anonymous = page.GetCustomAttributes<AllowAnonymousAttribute>(inherit: true).Any();

        Assert.True(authorize.Count > 0 || anonymous, $"{page.Name} names neither [Authorize] nor [AllowAnonymous].");
        Assert.All(authorize, attribute =>
        {
            Assert.Null(attribute.Roles);
            Assert.True(
                attribute.Policy is null || Known.Contains(attribute.Policy, StringComparer.Ordinal),
                $"{attribute.Policy} is no policy."
            );
        });
    }

    [Fact]
    public void SignedIn_WhichLetsStaffInWithoutSecondFactor_IsForSettingItUpAlone()
    {
        string[] allowed = ["AuthenticatorPage", "Welcome", "FirstAdminSetup"];

        var pages = typeof(Program)
            .Assembly.GetTypes()
            .Where(type =>
                type.GetCustomAttributes<AuthorizeAttribute>(inherit: true).Any(attribute => attribute.Policy == Policies.SignedIn)
            )
            .Select(type => type.Name);

        Assert.Empty(pages.Except(allowed, StringComparer.Ordinal));
    }
}
