using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BankPortal.Tests.Identity;

/// <summary>
/// A device with one passkey and the browser around it, as far as WebAuthn describes what they send: makes a key pair, signs challenges,
/// counts. A test changes what an attacker would change.
/// </summary>
internal sealed class PasskeyDevice : IDisposable
{
    private const int Present = 0x01;
    private const int Verified = 0x04;
    private const int BackupEligible = 0x08;
    private const int BackedUp = 0x10;
    private const int HasCredential = 0x40;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public PasskeyDevice()
        : this(RandomNumberGenerator.GetBytes(32))
    {
    }

    public PasskeyDevice(byte[] credentialId) => CredentialId = credentialId;

    public byte[] CredentialId { get; }

    /// <summary>Where the browser is.</summary>
    public string Origin { get; set; } = "https://localhost";

    /// <summary>What the counter says next; devices without one always say zero.</summary>
    public uint Counter { get; set; } = 1;

    /// <summary>Whether the device counts.</summary>
    public bool Counts { get; set; } = true;

    /// <summary>Whether the passkey is synced.</summary>
    public bool IsSynced { get; set; }

    /// <summary>Whether the device checked finger, face or PIN.</summary>
    public bool Verifies { get; set; } = true;

    /// <summary>The user handle, as the options of the registration gave it.</summary>
    public string? UserHandle { get; set; }

    /// <summary>The answer to the options for adding a passkey.</summary>
    public string Register(string optionsJson)
    {
        var options = JsonNode.Parse(optionsJson)!;
        UserHandle = options["user"]!["id"]!.GetValue<string>();
        var client = ClientData("webauthn.create", options["challenge"]!.GetValue<string>());
        var data = AuthenticatorData(options["rp"]!["id"]!.GetValue<string>(), HasCredential, AttestedCredential());
        byte[] attestation =
        [
            0xA3, 0x63, .. "fmt"u8, 0x64, .. "none"u8, 0x67, .. "attStmt"u8, 0xA0, 0x68, .. "authData"u8, 0x58, (byte)data.Length, .. data,
        ];
        return Answer(new JsonObject
        {
            ["attestationObject"] = Base64Url.EncodeToString(attestation),
            ["clientDataJSON"] = Base64Url.EncodeToString(client),
            ["transports"] = new JsonArray("internal"),
        });
    }

    /// <summary>The answer to the options for proving who one is.</summary>
    public string Assert(string optionsJson)
    {
        var options = JsonNode.Parse(optionsJson)!;
        return Assert(options["challenge"]!.GetValue<string>(), options["rpId"]!.GetValue<string>());
    }

    /// <summary>The answer to a challenge.</summary>
    public string Assert(string challenge, string domain)
    {
        var client = ClientData("webauthn.get", challenge);
        var data = AuthenticatorData(domain, 0, []);
        var signature = _key.SignData(
            [.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Answer(new JsonObject
        {
            ["authenticatorData"] = Base64Url.EncodeToString(data),
            ["clientDataJSON"] = Base64Url.EncodeToString(client),
            ["signature"] = Base64Url.EncodeToString(signature),
            ["userHandle"] = UserHandle,
        });
    }

    public void Dispose() => _key.Dispose();

    private string Answer(JsonObject response) => new JsonObject
    {
        ["id"] = Base64Url.EncodeToString(CredentialId),
        ["rawId"] = Base64Url.EncodeToString(CredentialId),
        ["type"] = "public-key",
        ["clientExtensionResults"] = new JsonObject(),
        ["response"] = response,
    }.ToJsonString();

    private byte[] ClientData(string type, string challenge) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(
        new { type, challenge, origin = Origin, crossOrigin = false }));

    private byte[] AuthenticatorData(string domain, int flags, byte[] credential)
    {
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, Counts ? Counter++ : 0);
        flags |= Present | (Verifies ? Verified : 0) | (IsSynced ? BackupEligible | BackedUp : 0);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(domain)), (byte)flags, .. count, .. credential];
    }

    private byte[] AttestedCredential()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        return
        [
            .. new byte[16], 0, (byte)CredentialId.Length, .. CredentialId,
            0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!,
        ];
    }
}
