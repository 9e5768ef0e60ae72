using Microsoft.AspNetCore.Components;

namespace BankPortal.Tests.Architecture.Sample.Features.Identity.Access;

/// <summary>A page among the services of Identity: no other module may use it.</summary>
internal sealed class AccessPage : ComponentBase;
