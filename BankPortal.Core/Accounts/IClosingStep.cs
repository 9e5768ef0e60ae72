namespace BankPortal.Core.Accounts;

/// <summary>What is done before an account is closed, by modules that Accounts does not use. Implementations are thread-safe.</summary>
public interface IClosingStep
{
    /// <summary>Prepares the closing of an account that could be closed. Its owner asked for it.</summary>
    /// <returns>Why the account cannot be closed yet; <see langword="null"/> when it can.</returns>
    Task<Error?> PrepareAsync(Account account, CancellationToken ct = default);
}
