namespace BankPortal.Tests.Journeys.Steps;

/// <summary>A journey that went wrong, with where to look.</summary>
public sealed class JourneyFailedException(string message, Exception inner) : Exception(message, inner);
