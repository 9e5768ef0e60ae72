namespace BankPortal.Tests.Architecture.Sample.Features.Identity.Access;

/// <summary>A service of Identity, which every module may use.</summary>
internal sealed record CurrentPerson(string Name);
