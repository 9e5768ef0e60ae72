using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.JSInterop;

namespace BankPortal.Web.Hosting;

/// <summary>
/// Keeps what each circuit needs for calls to scripts small. Each circuit has serializer options of its own, and the
/// serializer makes a description of every interface of every argument's type, to find out whether one of them is
/// polymorphic: some 40 interfaces of <see cref="int"/> and <see cref="string"/> alone, 50 KB for each open page. The
/// framework's own interfaces never are, so they get no description.
/// </summary>
internal static class LeanInterop
{
    private static readonly IJsonTypeInfoResolver Resolver = new WithoutBasicInterfaces(new DefaultJsonTypeInfoResolver());

    /// <summary>Adds it; comes after the services of interactive components.</summary>
    public static IServiceCollection AddLeanInterop(this IServiceCollection services)
    {
        if (services.LastOrDefault(service => service.ServiceType == typeof(IJSRuntime))?.ImplementationType is { } type
            && typeof(JSRuntime).IsAssignableFrom(type))
        {
            services.Replace(ServiceDescriptor.Scoped(typeof(IJSRuntime), provider => Create(provider, type)));
        }

        return services;
    }

    /// <summary>The serializer options of a circuit's calls.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_JsonSerializerOptions")]
    internal static extern JsonSerializerOptions OptionsOf(JSRuntime runtime);

    private static object Create(IServiceProvider provider, Type type)
    {
        var runtime = (JSRuntime)ActivatorUtilities.CreateInstance(provider, type);
        var options = OptionsOf(runtime);
        options.TypeInfoResolver = options.TypeInfoResolver is { } own ? new WithoutBasicInterfaces(own) : Resolver;
        return runtime;
    }

    private sealed class WithoutBasicInterfaces(IJsonTypeInfoResolver inner) : IJsonTypeInfoResolver
    {
        public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options) =>
            type is { IsInterface: true, Namespace: "System" or "System.Collections" or "System.Numerics" or "System.Runtime.Serialization" }
                ? null
                : inner.GetTypeInfo(type, options);
    }
}
