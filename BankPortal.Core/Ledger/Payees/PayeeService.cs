namespace BankPortal.Core.Ledger.Payees;

/// <summary>The payee book of a customer: whom they have paid and whom they have added. Thread-safe.</summary>
public sealed class PayeeService(
    IPayeeStore payees,
    IAccountStore accounts,
    ILedgerStore ledger,
    ICustomerDirectory directory,
    LedgerOptions options,
    StepUpPolicy stepUp,
    TimeProvider time)
{
    /// <summary>The most payees of a customer, and of a list.</summary>
    public const int MaxPayees = 100;

    /// <summary>The longest nickname.</summary>
    public const int MaxNicknameLength = 40;

    /// <summary>The customer's payees, favourites first. Two round trips.</summary>
    public async Task<ImmutableArray<ListedPayee>> ListAsync(Actor actor, CancellationToken ct = default)
    {
        if (!actor.Is(BankRoles.Customer))
        {
            return [];
        }

        var listed = await payees.ListAsync(actor.UserId, MaxPayees, ct);
        if (listed.Count == 0)
        {
            return [];
        }

        var rows = (await ledger.ReadManyAsync([], [.. listed.Select(payee => payee.AccountId)], ct)).Accounts;
        return
        [
            .. listed.Select(payee => new ListedPayee(
                payee, rows.GetValueOrDefault(payee.AccountId) is not { Status: not AccountStatus.Closed })),
        ];
    }

    /// <summary>
    /// Adds a payee. Needs a fresh second factor. A name that does not match the account has to be confirmed; the name the bank has is
    /// never given away.
    /// </summary>
    /// <param name="actor">The customer.</param>
    /// <param name="number">The account number as typed.</param>
    /// <param name="name">The account holder's name as typed.</param>
    /// <param name="nickname">What the customer calls them; optional.</param>
    /// <param name="isNameConfirmed">The customer was told that the name does not match, and wants it.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <returns>
    /// The payee; or <see cref="SecondFactorStaleError"/>, <see cref="PayeeNameDiffersError"/>, <see cref="PayeeKnownError"/>, or what is
    /// wrong with a field.
    /// </returns>
    public async Task<Result<Payee>> AddAsync(
        Actor actor, string number, string name, string? nickname, bool isNameConfirmed, CancellationToken ct = default)
    {
        if (!actor.Is(BankRoles.Customer))
        {
            return new NotAllowedError();
        }

        var given = TextInput.Clean(name);
        var called = TextInput.Clean(nickname);
        if (!AccountNumber.TryParse(number, out var parsed))
        {
            return new InvalidInputError("number", AccountNumber.ErrorIn(number)!);
        }

        if (given.Length is 0 or > TransferService.MaxNameLength)
        {
            return new InvalidInputError("name", "Enter the name of the account holder.");
        }

        if (NicknameError(called) is { } wrong)
        {
            return wrong;
        }

        if (stepUp.Check(actor) is { IsSuccess: false } stale)
        {
            return stale.Error;
        }

        if (await payees.CountLookupAsync(actor.UserId, time.GetUtcNow(), ct) > options.MaxPayeeLookupsPerHour)
        {
            return new TooManyLookupsError();
        }

        if (await accounts.FindByNumberAsync(parsed, ct) is not { Status: not AccountStatus.Closed } account)
        {
            return new UnknownAccountNumberError();
        }

        if (account.OwnerId == actor.UserId)
        {
            return new PayeeIsOwnError();
        }

        if ((await payees.ListAsync(actor.UserId, MaxPayees, ct)).Count >= MaxPayees)
        {
            return new TooManyPayeesError(MaxPayees);
        }

        var match = await directory.FindNameAsync(account.OwnerId, ct) is { } held ? PayeeNames.Compare(given, held) : NameMatch.NoMatch;
        if (match != NameMatch.Match && !isNameConfirmed)
        {
            return new PayeeNameDiffersError(match);
        }

        var payee = new Payee(account.Id, account.Number, given, null, null)
        {
            Nickname = called.Length == 0 ? null : called,
            NameMatch = match,
            AddedAt = time.GetUtcNow(),
        };
        return await payees.TryAddAsync(actor.UserId, payee, ct) ? payee : new PayeeKnownError();
    }

    /// <summary>Changes what the customer calls a payee and whether it is a favourite.</summary>
    public async Task<Result> ChangeAsync(
        Actor actor, string accountId, string? nickname, bool isFavourite, CancellationToken ct = default)
    {
        var called = TextInput.Clean(nickname);
        return NicknameError(called) is { } wrong ? wrong
            : actor.Is(BankRoles.Customer)
                && await payees.TryChangeAsync(actor.UserId, accountId, called.Length == 0 ? null : called, isFavourite, ct)
                ? Result.Success
            : new NotFoundError("payee");
    }

    /// <summary>Removes a payee. A later payment to the account counts as the first.</summary>
    public async Task<Result> RemoveAsync(Actor actor, string accountId, CancellationToken ct = default)
    {
        if (!actor.Is(BankRoles.Customer))
        {
            return new NotAllowedError();
        }

        await payees.DeleteAsync(actor.UserId, accountId, ct);
        return Result.Success;
    }

    private static InvalidInputError? NicknameError(string nickname) => nickname.Length > MaxNicknameLength
        ? new InvalidInputError("nickname", $"Use {MaxNicknameLength.ToString(CultureInfo.InvariantCulture)} characters at most.")
        : null;
}

/// <summary>A payee in the book.</summary>
/// <param name="Payee">The payee.</param>
/// <param name="IsClosed">Whether the account cannot be paid any more.</param>
public sealed record ListedPayee(Payee Payee, bool IsClosed);
