using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BankPortal.Infrastructure.Common;

/// <summary>Registers options that are checked when the portal starts.</summary>
public static class OptionsServiceCollectionExtensions
{
    /// <summary>
    /// Binds <typeparamref name="TOptions"/> to a configuration section and checks it at start with
    /// <typeparamref name="TRules"/>. All mistakes of all sections come in one report; unknown settings are mistakes too.
    /// </summary>
    /// <returns>The builder, for further configuration.</returns>
    public static OptionsBuilder<TOptions> AddValidatedOptions<TOptions, TRules>(this IServiceCollection services, string section)
        where TOptions : class
        where TRules : class, IOptionsRules<TOptions>
    {
        ArgumentNullException.ThrowIfNull(services);

        services.TryAddSingleton<TRules>();
        services.TryAddSingleton(provider => new BoundOptions<TOptions, TRules>(
            provider.GetRequiredService<IConfiguration>(), section, provider.GetRequiredService<TRules>()));
        services.AddSingleton<IConfigureOptions<TOptions>>(p => p.GetRequiredService<BoundOptions<TOptions, TRules>>());
        services.AddSingleton<IValidateOptions<TOptions>>(p => p.GetRequiredService<BoundOptions<TOptions, TRules>>());
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
            var failures = e.InnerExceptions.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures);
            throw new OptionsValidationException(Options.DefaultName, typeof(object), failures);
        }
    }
}
