namespace BankPortal.Core.Fraud.Desk;

/// <summary>Colleagues are the administrators' business.</summary>
public sealed record NotACustomerError() : Error("This person works for the bank. An administrator looks after staff accounts.");
