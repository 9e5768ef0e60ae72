using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BankPortal.Infrastructure.Common;

/// <summary>
/// Registers options that are checked when the portal starts. Every configuration section of the portal is registered here.
/// </summary>
public static class OptionsServiceCollectionExtensions
{
    /// <summary>
    /// Binds <typeparamref name="TOptions"/> to a configuration section and checks it at start with
    /// <typeparamref name="TValidator"/>. All errors of all sections are reported at once; unknown keys are errors too.
    /// The options can be asked for as <see cref="IOptions{TOptions}"/> or, where that type is not known, as
    /// <typeparamref name="TOptions"/>. A second call for the same options changes nothing.
    /// </summary>
    /// <returns>The builder, for further configuration.</returns>
    public static OptionsBuilder<TOptions> AddValidatedOptions<TOptions, TValidator>(this IServiceCollection services, string section)
        where TOptions : class, new()
        where TValidator : class, IOptionsValidator<TOptions>
    {
        ArgumentNullException.ThrowIfNull(services);

        if (services.Any(service => service.ServiceType == typeof(BoundOptions<TOptions, TValidator>)))
        {
            return services.AddOptions<TOptions>();
        }

        services.AddSingleton(new OptionsSection(section));
        services.TryAddSingleton<TValidator>();
        services.AddSingleton(provider => new BoundOptions<TOptions, TValidator>(
            provider.GetRequiredService<IConfiguration>(), section, provider.GetRequiredService<TValidator>()));
        services.AddSingleton<IConfigureOptions<TOptions>>(p => p.GetRequiredService<BoundOptions<TOptions, TValidator>>());
        services.AddSingleton<IValidateOptions<TOptions>>(p => p.GetRequiredService<BoundOptions<TOptions, TValidator>>());
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<TOptions>>().Value);
        return services.AddOptions<TOptions>().ValidateOnStart();
    }

    /// <summary>
    /// Checks every options class registered with <see cref="AddValidatedOptions"/> now, for commands and for work that is
    /// done before the host starts.
    /// </summary>
    /// <exception cref="OptionsValidationException">Something is wrong; the message lists all of it.</exception>
    public static void ValidateOptions(this IServiceProvider services)
    {
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
        }
        catch (AggregateException e) when (e.InnerExceptions.All(inner => inner is OptionsValidationException))
        {
            // Options that are made from others fail with the errors of those too.
            var failures = e.InnerExceptions.Cast<OptionsValidationException>()
                .SelectMany(inner => inner.Failures)
                .Distinct(StringComparer.Ordinal);
            throw new OptionsValidationException(Options.DefaultName, typeof(object), failures);
        }
    }
}
