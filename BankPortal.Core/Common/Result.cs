using System.Diagnostics.CodeAnalysis;

namespace BankPortal.Core.Common;

/// <summary>The outcome of a command that gives nothing back: done, or refused with an <see cref="Common.Error"/>.</summary>
public readonly record struct Result
{
    private Result(Error? error) => Error = error;

    /// <summary>The refusal, or <see langword="null"/> when the command was carried out.</summary>
    public Error? Error { get; }

    /// <summary>Whether the command was carried out.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    /// <summary>The command was carried out.</summary>
    public static Result Success { get; }

    /// <summary>A result that carries a refusal.</summary>
    public static implicit operator Result(Error error) => new(error);

    /// <summary>A result that carries a refusal.</summary>
    public static Result Failure(Error error) => new(error);
}

/// <summary>The outcome of a command or query: a value, or a refusal.</summary>
/// <typeparam name="T">What a success gives back.</typeparam>
public readonly record struct Result<T>
    where T : notnull
{
    private readonly T? _value;

    private Result(T value) => _value = value;

    private Result(Error error) => Error = error;

    /// <summary>Whether the command was carried out.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    /// <summary>The refusal, or <see langword="null"/> on success.</summary>
    public Error? Error { get; }

    /// <summary>What the command gave back.</summary>
    /// <exception cref="InvalidOperationException">The result is a refusal.</exception>
    public T Value => Error is null && _value is not null
        ? _value
        : throw new InvalidOperationException($"There is no value: the command was refused ({Error?.Code}).");

    /// <summary>A success.</summary>
    public static implicit operator Result<T>(T value) => new(value);

    /// <summary>A refusal.</summary>
    public static implicit operator Result<T>(Error error) => new(error);

    /// <summary>A success; for types the implicit conversion cannot serve, such as interfaces.</summary>
    public static Result<T> From(T value) => new(value);

    /// <summary>A refusal.</summary>
    public static Result<T> Failure(Error error) => new(error);

    /// <summary>Maps the value of a success and passes a refusal on.</summary>
    public Result<TOther> Map<TOther>(Func<T, TOther> map)
        where TOther : notnull =>
        Error is { } error ? Result<TOther>.Failure(error) : Result<TOther>.From(map(Value));
}
