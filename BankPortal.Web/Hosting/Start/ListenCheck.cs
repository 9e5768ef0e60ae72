using System.Net;
using System.Net.Sockets;
using BankPortal.Infrastructure.Common;
using BankPortal.Infrastructure.Security;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace BankPortal.Web.Hosting.Start;

/// <summary>
/// Checks, before the database is touched, that the portal can listen at its addresses: they are addresses, their ports are free,
/// and those with https have a certificate. Another program can still take a port afterwards; the server then says so.
/// </summary>
internal sealed class ListenCheck(
    IConfiguration configuration, IServer server, LocalCertificate certificate, IHostEnvironment environment)
{
    private const string Urls = "--urls";
    private const string Endpoints = "Kestrel:Endpoints";
    private const string DefaultCertificate = "Kestrel:Certificates:Default";

    /// <summary>Checks the addresses, and makes a certificate where https needs one.</summary>
    /// <exception cref="StartRefusedException">The portal cannot listen; the message says why and what to do.</exception>
    public void Require()
    {
        // A test's server has no network.
        if (server.GetType().Assembly != typeof(KestrelServer).Assembly)
        {
            return;
        }

        var addresses = Addresses().Select(Parse).ToList();
        RequireCertificateFile(configuration.GetSection(DefaultCertificate));
        foreach (var endpoint in configuration.GetSection(Endpoints).GetChildren())
        {
            RequireCertificateFile(endpoint.GetSection("Certificate"));
        }

        var encrypted = addresses.Where(address => address is { IsHttps: true, HasCertificate: false }).ToList();
        if (encrypted.Count > 0 && !configuration.GetSection(DefaultCertificate).Exists())
        {
            certificate.Require(encrypted.TrueForAll(address => IsThisMachine(address.Parsed.Host)));
        }

        foreach (var address in addresses.Where(address => !address.Parsed.IsUnixPipe && !address.Parsed.IsNamedPipe))
        {
            RequireFreePort(address);
        }
    }

    private IEnumerable<(string Setting, string? Text, bool HasCertificate)> Addresses()
    {
        var endpoints = configuration.GetSection(Endpoints).GetChildren().ToList();
        if (endpoints.Count > 0)
        {
            return endpoints.Select(endpoint => ($"{endpoint.Path}:Url", endpoint["Url"], endpoint.GetSection("Certificate").Exists()));
        }

        if (configuration["urls"] is { Length: > 0 } urls)
        {
            return Split(urls).Select(url => (Urls, (string?)url, false));
        }

        var ports = Split(configuration["http_ports"]).Select(port => ("http_ports", (string?)$"http://*:{port}", false))
            .Concat(Split(configuration["https_ports"]).Select(port => ("https_ports", (string?)$"https://*:{port}", false)))
            .ToList();
        return ports.Count > 0 ? ports : [(Urls, "http://localhost:5000", false)];

        static string[] Split(string? list) =>
            list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
    }

    private static Address Parse((string Setting, string? Text, bool HasCertificate) given)
    {
        if (string.IsNullOrWhiteSpace(given.Text))
        {
            throw new StartRefusedException($"{given.Setting} must be given: an address to listen at, such as http://localhost:5080.");
        }

        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(given.Text);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException)
        {
            throw new StartRefusedException(
                $"{given.Setting} has '{given.Text}', which is not an address such as http://localhost:5080.", e);
        }

        var isHttps = address.Scheme.Equals(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase);
        var problem =
            !isHttps && !address.Scheme.Equals(Uri.UriSchemeHttp, StringComparison.OrdinalIgnoreCase)
                ? "must begin with http:// or https://"
            : address.IsUnixPipe || address.IsNamedPipe ? null
            : address.PathBase.Length > 0 ? "must not have a path"
            : !IsHost(address.Host) || address.Port is < 0 or > 65535
                ? "must have a host and a port from 0 to 65535"
            : address.Port == 0 && address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
                ? "must have a port; only for an IP address, such as 127.0.0.1, may 0 stand for any free one"
            : null;
        return problem is null
            ? new Address(given.Setting, given.Text, address, isHttps, given.HasCertificate)
            : throw new StartRefusedException($"{given.Setting} has '{given.Text}', which {problem}.");
    }

    private void RequireCertificateFile(IConfigurationSection named)
    {
        if (named["Path"] is not { Length: > 0 } path)
        {
            return;
        }

        try
        {
            var key = named["KeyPath"] is { Length: > 0 } keyPath ? Path.Combine(environment.ContentRootPath, keyPath) : null;
            CertificateFile.Load(Path.Combine(environment.ContentRootPath, path), named["Password"], key).Dispose();
        }
        catch (StartRefusedException e)
        {
            throw new StartRefusedException($"{named.Path}:Path {e.Message}", e);
        }
    }

    private static void RequireFreePort(Address address)
    {
        if (address.Parsed.Port == 0)
        {
            return;
        }

        SocketException? refusal = null;
        var isBound = false;
        foreach (var problem in Candidates(address.Parsed.Host).Select(ip => Problem(ip, address.Parsed.Port)))
        {
            isBound |= problem is null;
            refusal = problem?.SocketErrorCode == SocketError.AddressAlreadyInUse ? problem : refusal ?? problem;
        }

        // A machine may have IPv4 or IPv6 only; one of two is enough, but a port that is taken is taken.
        if (refusal is null || (isBound && refusal.SocketErrorCode != SocketError.AddressAlreadyInUse))
        {
            return;
        }

        var port = address.Parsed.Port.ToString(CultureInfo.InvariantCulture);
        throw new StartRefusedException(
            refusal.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse =>
                    $"The portal cannot listen at {address.Text}: another program, perhaps another portal, uses port {port}. "
                    + "Stop it, or give this portal another address (--urls http://localhost:PORT).",
                SocketError.AccessDenied =>
                    $"The portal cannot listen at {address.Text}: this user may not use port {port}. "
                    + "Choose a port from 1024 on (--urls http://localhost:PORT).",
                SocketError.AddressNotAvailable =>
                    $"The portal cannot listen at {address.Text}: this machine does not have that network address.",
                _ => $"The portal cannot listen at {address.Text}: {refusal.Message}",
            },
            refusal);
    }

    // Where the server listens for a host: names other than localhost stand for every address of the machine.
    private static IPAddress[] Candidates(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? [IPAddress.Loopback, IPAddress.IPv6Loopback]
        : IPAddress.TryParse(host, out var ip) ? [ip]
        : [IPAddress.Any, IPAddress.IPv6Any];

    private static SocketException? Problem(IPAddress ip, int port)
    {
        try
        {
            using var socket = new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (ip.AddressFamily == AddressFamily.InterNetworkV6)
            {
                socket.DualMode = false;
            }

            socket.Bind(new IPEndPoint(ip, port));
            return null;
        }
        catch (SocketException e)
        {
            return e;
        }
    }

    // The framework takes what it cannot read as a host, port included, for every address of the machine.
    private static bool IsHost(string host) => host is "*" or "+" || Uri.CheckHostName(host) != UriHostNameType.Unknown;

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(ip));

    private sealed record Address(string Setting, string Text, BindingAddress Parsed, bool IsHttps, bool HasCertificate);
}
