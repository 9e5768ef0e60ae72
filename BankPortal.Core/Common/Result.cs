using System.Diagnostics.CodeAnalysis;

namespace BankPortal.Core.Common;

/// <summary>The outcome of a command without a return value: success, or a refusal (<see cref="Common.Error"/>).</summary>
public readonly record struct Result
{
    private Result(Error? error) => Error = error;

    /// <summary>The refusal, or <see langword="null"/> when the command was carried out.</summary>
    public Error? Error { get; }

    /// <summary>Whether the command was carried out.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    /// <summary>The successful result.</summary>
    public static Result Success { get; }

    /// <summary>Wraps a refusal in a result.</summary>
    public static implicit operator Result(Error error) => new(error);

    /// <summary>Wraps a refusal in a result.</summary>
    public static Result Failure(Error error) => new(error);
}

/// <summary>The outcome of a command or query: a value, or a refusal.</summary>
/// <typeparam name="T">The type of the value on success.</typeparam>
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

    /// <summary>The value of a success.</summary>
    /// <exception cref="InvalidOperationException">The result is a refusal.</exception>
    public T Value => Error is null && _value is not null
        ? _value
        : throw new InvalidOperationException($"There is no value: the command was refused ({Error?.Code}).");

    /// <summary>Wraps a value in a successful result.</summary>
    public static implicit operator Result<T>(T value) => new(value);

    /// <summary>Wraps a refusal in a result.</summary>
    public static implicit operator Result<T>(Error error) => new(error);

    /// <summary>Wraps a value in a successful result; for types without the implicit conversion, such as interfaces.</summary>
    public static Result<T> From(T value) => new(value);

    /// <summary>Wraps a refusal in a result.</summary>
    public static Result<T> Failure(Error error) => new(error);

    /// <summary>Maps the value of a success; passes a refusal on unchanged.</summary>
    public Result<TOther> Map<TOther>(Func<T, TOther> map)
        where TOther : notnull =>
        Error is { } error ? Result<TOther>.Failure(error) : Result<TOther>.From(map(Value));
}
