namespace BankPortal.Tests.Tiers;

/// <summary>Needs a DynamoDB engine, a child process, or the whole portal as a host.</summary>
public sealed class EngineTestAttribute() : TierAttribute("Engine");
