using FsCheck;
using FsCheck.Fluent;

namespace BankPortal.Tests.Common;

/// <summary>Properties that must hold for everything a generator makes; the same cases in every run.</summary>
internal static class Properties
{
    /// <summary>Any text, strange characters, half characters and emptiness included.</summary>
    public static Gen<string> AnyText { get; } =
        Gen.OneOf(
            ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""),
            Gen.Elements(
                    '\u0000',
                    ' ',
                    '\u00a0',
                    '\u2003',
                    '\t',
                    '\n',
                    'a',
                    'Z',
                    '\u00e9',
                    'e',
                    '\u0301',
                    '\u200e',
                    '\u202e',
                    '\ud83d',
                    '\ude00',
                    '\ufffd',
                    '\ufffe',
                    '\ufdd0',
                    '\u212b',
                    '-',
                    '\''
                )
                .ArrayOf()
                .Select(chars => new string(chars))
        );

    /// <summary>Checks the property on a few hundred cases.</summary>
    public static void Holds<T>(Gen<T> generator, Func<T, bool> property) =>
        Prop.ForAll(Arb.From(generator), property).Check(Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(20260302, 7919));
}
