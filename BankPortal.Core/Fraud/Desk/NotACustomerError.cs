namespace BankPortal.Core.Fraud.Desk;

/// <summary>The fraud desk does not act on staff; administrators do.</summary>
public sealed record NotACustomerError() : Error("This person works for the bank. An administrator looks after staff accounts.");
