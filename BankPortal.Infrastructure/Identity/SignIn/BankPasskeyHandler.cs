using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Infrastructure.Identity.SignIn;

/// <summary>
/// The framework's passkey handler, with two differences. Devices get a user handle that tells nothing: a keyed hash of the user id, which
/// would tell when the person registered. And the signature counter is compared in the store, in the write that takes the assertion,
/// so that a counter that went back is told apart from a wrong signature.
/// </summary>
internal sealed class BankPasskeyHandler(PasskeyHandler<BankUser> framework, DynamoUserStore store, LookupHasher hasher)
    : IPasskeyHandler<BankUser>
{
    // Shown by some devices beside the address.
    private const string BankName = "BankPortal";
    private const string Response = "response";
    private const string UserHandle = "userHandle";

    /// <inheritdoc/>
    public async Task<PasskeyCreationOptionsResult> MakeCreationOptionsAsync(PasskeyUserEntity userEntity, HttpContext httpContext)
    {
        var made = await framework.MakeCreationOptionsAsync(userEntity, httpContext);
        var options = JsonNode.Parse(made.CreationOptionsJson)!;
        options["rp"]!["name"] = BankName;
        options["user"]!["id"] = await HandleOfAsync(userEntity.Id, httpContext.RequestAborted);
        return new PasskeyCreationOptionsResult { CreationOptionsJson = options.ToJsonString(), AttestationState = made.AttestationState };
    }

    /// <inheritdoc/>
    public Task<PasskeyRequestOptionsResult> MakeRequestOptionsAsync(BankUser? user, HttpContext httpContext) =>
        framework.MakeRequestOptionsAsync(user, httpContext);

    /// <inheritdoc/>
    public Task<PasskeyAttestationResult> PerformAttestationAsync(PasskeyAttestationContext context) =>
        framework.PerformAttestationAsync(context);

    /// <inheritdoc/>
    public async Task<PasskeyAssertionResult<BankUser>> PerformAssertionAsync(PasskeyAssertionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            var known = await WithUserIdAsync(context.CredentialJson, context.HttpContext.RequestAborted);
            store.ComparesCountersLater = true;
            return await framework.PerformAssertionAsync(new PasskeyAssertionContext
            {
                HttpContext = context.HttpContext,
                CredentialJson = known,
                AssertionState = context.AssertionState,
            });
        }
        catch (PasskeyException exception)
        {
            return PasskeyAssertionResult.Fail<BankUser>(exception);
        }
        finally
        {
            store.ComparesCountersLater = false;
        }
    }

    /// <summary>The user handle of a person, as devices keep it.</summary>
    internal ValueTask<string> HandleOfAsync(string userId, CancellationToken ct) => hasher.HashAsync(ct, "passkey-user", userId);

    // The framework looks the person up by the handle, so it gets the id instead. Without a handle the framework decides.
    private async Task<string> WithUserIdAsync(string credentialJson, CancellationToken ct)
    {
        try
        {
            if (JsonNode.Parse(credentialJson) is not JsonObject credential
                || credential[Response] is not JsonObject response
                || response[UserHandle]?.GetValue<string>() is not { Length: > 0 } handle)
            {
                return credentialJson;
            }

            var id = Base64Url.DecodeFromChars(credential["id"]?.GetValue<string>() ?? "");
            if (await store.FindByPasskeyIdAsync(id, ct) is not { } owner)
            {
                throw new PasskeyException("The passkey is not known.");
            }

            if (!string.Equals(handle.TrimEnd('='), await HandleOfAsync(owner.Id, ct), StringComparison.Ordinal))
            {
                throw new PasskeyException("The user handle is not that of the passkey's owner.");
            }

            response[UserHandle] = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(owner.Id));
            return credential.ToJsonString();
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            throw new PasskeyException("The answer of the passkey cannot be read.", exception);
        }
    }
}
