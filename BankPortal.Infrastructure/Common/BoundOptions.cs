using Microsoft.Extensions.Configuration;

namespace BankPortal.Infrastructure.Common;

/// <summary>Binds <typeparamref name="TOptions"/> to a section and checks both the section and the values.</summary>
internal sealed class BoundOptions<TOptions, TValidator>(IConfiguration configuration, string section, TValidator validator)
    : IConfigureOptions<TOptions>, IValidateOptions<TOptions>
    where TOptions : class, new()
    where TValidator : class, IOptionsValidator<TOptions>
{
    public void Configure(TOptions options) => SectionBinder.Bind(configuration.GetSection(section), options, new OptionsErrors(section));

    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);

        // Binding is repeated into a new object for its errors alone: the options themselves may have been changed by code
        // after they were bound.
        var errors = new OptionsErrors(section);
        SectionBinder.Bind(configuration.GetSection(section), new TOptions(), errors);
        validator.Check(options, errors);
        return errors.All is [] ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors.All);
    }
}
