using Microsoft.Data.Sqlite;

namespace BankPortal.Infrastructure.Dynamo.Engine;

/// <summary>
/// Checks the structure of the embedded engine's file, which is a SQLite database, by SQLite's own <c>quick_check</c>. Reads the whole
/// file and changes nothing. It cannot see a changed byte inside a stored text; hash chains and encryption show that when it is read.
/// </summary>
internal static class DataFileCheck
{
    private const int MaxFindings = 1;

    // SQLite's result codes for damage. Others, such as a file that is locked, say nothing about it: the engine will report them.
    private const int IoError = 10;
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    /// <summary>Checks a file that no engine has open.</summary>
    /// <returns>What is wrong and what to do, in one line; <see langword="null"/> when nothing was found or there is no file.</returns>
    public static string? Find(string dataFile)
    {
        if (!File.Exists(dataFile))
        {
            return null;
        }

        var connection = new SqliteConnectionStringBuilder { DataSource = dataFile, Mode = SqliteOpenMode.ReadOnly, Pooling = false };
        try
        {
            using var database = new SqliteConnection(connection.ToString());
            database.Open();
            using var check = database.CreateCommand();
            check.CommandText = string.Create(CultureInfo.InvariantCulture, $"PRAGMA quick_check({MaxFindings})");
            var finding = (string?)check.ExecuteScalar() ?? "no answer";
            return string.Equals(finding, "ok", StringComparison.Ordinal) ? null : Damaged(dataFile, finding);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is IoError or Corrupt or NotADatabase)
        {
            return Damaged(dataFile, e.Message);
        }
        catch (SqliteException)
        {
            return null;
        }
    }

    private static string Damaged(string dataFile, string finding) =>
        $"The database file {dataFile} is damaged ({finding.ReplaceLineEndings(" ").TrimEnd('.')}). {DatabaseFault.Advice}";
}
