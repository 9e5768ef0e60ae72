namespace BankPortal.Core.Statements;

/// <summary>How the bank is named on statements. A change applies to statements made later; kept ones stay.</summary>
public sealed class StatementOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Statements";

    /// <summary>The name in the letterhead and in files.</summary>
    public string BankName { get; set; } = "BankPortal";

    /// <summary>The address in the letterhead, on one line; may be empty.</summary>
    public string Address { get; set; } = "";

    /// <summary>How to reach the bank, on one line; may be empty.</summary>
    public string Contact { get; set; } = "";

    /// <summary>The bank's code in OFX files, such as its routing number: up to nine letters and digits.</summary>
    public string BankId { get; set; } = "BANKPORTL";
}
