namespace BankPortal.Tests.Identity.Passkeys;

/// <summary>What the script of the pages does with passkeys, over HTTP: asks for the options and sends the form with the answer.</summary>
internal static class PasskeyPages
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Asks for the options as the button of the last page does.</summary>
    public static async Task<HttpResponseMessage> AskOptionsAsync(this AuthBrowser browser, string? about = null)
    {
        var part = Assert.Single(browser.Page.QuerySelectorAll("[data-passkey]"));
        var form = part.Closest("form")!;
        var token = form.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["__RequestVerificationToken"] = token,
            ["purpose"] = part.GetAttribute("data-passkey")!,
        };
        if (part.HasAttribute("data-passkey-after-password"))
        {
            fields["afterPassword"] = "true";
        }

        if (about is not null)
        {
            fields["about"] = about;
        }

        using var content = new FormUrlEncodedContent(fields);
        return await browser.Http.PostAsync(new Uri(part.GetAttribute("data-passkey-options")!, UriKind.Relative), content, Ct);
    }

    /// <summary>The options for the last page.</summary>
    public static async Task<string> OptionsAsync(this AuthBrowser browser, string? about = null)
    {
        using var response = await browser.AskOptionsAsync(about);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        return await response.Content.ReadAsStringAsync(Ct);
    }

    /// <summary>The options, and the cookie with the challenge as a request sends it.</summary>
    public static async Task<(string Options, string Cookie)> OptionsAndCookieAsync(this AuthBrowser browser)
    {
        using var response = await browser.AskOptionsAsync();
        var cookie = Assert.Single(
            response.Headers.GetValues("Set-Cookie"), text => text.StartsWith("__Host-bankportal-passkey-", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
        return (await response.Content.ReadAsStringAsync(Ct), cookie.Split(';')[0]);
    }

    /// <summary>Opens the page and adds the passkey of the device.</summary>
    public static async Task<AuthBrowser> AddPasskeyAsync(this AuthBrowser browser, PasskeyDevice device, string name = "Ann's phone")
    {
        await browser.GetAsync("/identity/passkeys/add");
        return await browser.SendAsync(("Name", name), ("Credential", device.Register(await browser.OptionsAsync())));
    }

    /// <summary>Opens the sign-in page and signs in with the passkey of the device.</summary>
    public static async Task<AuthBrowser> SignInByPasskeyAsync(this AuthBrowser browser, PasskeyDevice device)
    {
        await browser.GetAsync("/auth/login");
        return await browser.SendAsync(("Credential", device.Assert(await browser.OptionsAsync())));
    }

    /// <summary>Opens the sign-in page and gives address and password.</summary>
    public static async Task<AuthBrowser> GivePasswordAsync(this AuthBrowser browser, string email)
    {
        await browser.GetAsync("/auth/login");
        return await browser.SendAsync(("Form.Email", email), ("Form.Password", AuthPortal.Password));
    }
}
