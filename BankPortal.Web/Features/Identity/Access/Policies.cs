using Microsoft.AspNetCore.Authorization;

namespace BankPortal.Web.Features.Identity.Access;

/// <summary>
/// The authorization policies of pages. Every page names one in its <c>[Authorize]</c> attribute, or has
/// <c>[AllowAnonymous]</c>. Endpoints without either need a signed-in person (the fallback). All policies but
/// <see cref="SignedIn"/> refuse staff who have not proven a second factor in this session.
/// </summary>
public static class Policies
{
    /// <summary>Anyone signed in, including staff who still have to set up their second factor. Only for setting it up.</summary>
    public const string SignedIn = "signed-in";

    /// <summary>Customers.</summary>
    public const string Customer = "customer";

    /// <summary>A fraud analyst at the desk: live transactions, holds, cases, rules.</summary>
    public const string FraudDesk = "fraud-desk";

    /// <summary>Fraud analysts and administrators, who decide on other people's transactions.</summary>
    public const string TransactionDesk = "transaction-desk";

    /// <summary>Fraud analysts, administrators, and compliance officers, who see only compliance cases.</summary>
    public const string Cases = "cases";

    /// <summary>A compliance officer: metrics, regulatory reports, audit trail.</summary>
    public const string ComplianceOffice = "compliance-office";

    /// <summary>A financial manager: business reports.</summary>
    public const string ManagementReports = "management-reports";

    /// <summary>Managers and compliance officers, who read and make reports.</summary>
    public const string Reports = "reports";

    /// <summary>Managers, who propose the rates and fees of products, and administrators, who may approve them.</summary>
    public const string Products = "products";

    /// <summary>Managers and administrators, who decide on loans.</summary>
    public const string Lending = "lending";

    /// <summary>An administrator: users, roles, balances, health.</summary>
    public const string Administration = "administration";

    /// <summary>Analysts, compliance officers and administrators, who are responsible for the ledger and its reconciliation.</summary>
    public const string Reconciliation = "reconciliation";

    /// <summary>Compliance officers and administrators, who read, verify and export the audit log.</summary>
    public const string AuditLog = "audit-log";

    /// <summary>Anyone who works for the bank.</summary>
    public const string Staff = "staff";

    /// <summary>Adds the policies, the default and the fallback.</summary>
    internal static AuthorizationBuilder AddBankPolicies(this AuthorizationBuilder builder)
    {
        var signedIn = Guarded().Build();
        return builder
            .SetDefaultPolicy(signedIn)
            .SetFallbackPolicy(new AuthorizationPolicyBuilder()
                .AddRequirements(new SignedInOrNothingThereRequirement(), new StaffSecondFactorRequirement())
                .Build())
            .AddPolicy(SignedIn, policy => policy.RequireAuthenticatedUser())
            .AddPolicy(Customer, Guarded().RequireRole(BankRoles.Customer).Build())
            .AddPolicy(FraudDesk, Guarded().RequireRole(BankRoles.Analyst).Build())
            .AddPolicy(TransactionDesk, Guarded().RequireRole(BankRoles.Analyst, BankRoles.Admin).Build())
            .AddPolicy(Cases, Guarded().RequireRole(BankRoles.Analyst, BankRoles.Admin, BankRoles.Compliance).Build())
            .AddPolicy(ComplianceOffice, Guarded().RequireRole(BankRoles.Compliance).Build())
            .AddPolicy(ManagementReports, Guarded().RequireRole(BankRoles.Manager).Build())
            .AddPolicy(Reports, Guarded().RequireRole(BankRoles.Manager, BankRoles.Compliance).Build())
            .AddPolicy(Products, Guarded().RequireRole(BankRoles.Manager, BankRoles.Admin).Build())
            .AddPolicy(Lending, Guarded().RequireRole(BankRoles.Manager, BankRoles.Admin).Build())
            .AddPolicy(Administration, Guarded().RequireRole(BankRoles.Admin).Build())
            .AddPolicy(Reconciliation, Guarded().RequireRole(BankRoles.Analyst, BankRoles.Compliance, BankRoles.Admin).Build())
            .AddPolicy(AuditLog, Guarded().RequireRole(BankRoles.Compliance, BankRoles.Admin).Build())
            .AddPolicy(Staff, Guarded().RequireRole(BankRoles.Staff).Build());
    }

    private static AuthorizationPolicyBuilder Guarded() =>
        new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(new StaffSecondFactorRequirement());
}
