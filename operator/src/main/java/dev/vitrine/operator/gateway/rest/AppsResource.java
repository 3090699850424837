package dev.vitrine.operator.gateway.rest;

import dev.vitrine.api.v1alpha1.StreamClass;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.operator.gateway.access.Right;
import dev.vitrine.operator.gateway.cluster.ClusterCache;
import dev.vitrine.operator.gateway.http.Refusal;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The catalogue: apps, their versions, and the profiles (classes) they can run on. */
@Path("/namespaces/{namespace}/cfg/apps")
@Produces(MediaType.APPLICATION_JSON)
public class AppsResource {

  /** An app as front ends list it. */
  public record AppItem(String id, String name, String description, List<String> tags) {
    static AppItem of(StreamingApp app) {
      var id = app.getMetadata().getName();
      return new AppItem(
          id,
          Objects.requireNonNullElse(app.getSpec().title(), id),
          Objects.requireNonNullElse(app.getSpec().description(), ""),
          List.of());
    }
  }

  /** A version of an app. */
  public record VersionItem(String version) {}

  /** A class that an app may run on. */
  public record ProfileItem(String id, String name, String description) {
    static ProfileItem of(String id, Optional<StreamClass> known) {
      var spec = known.map(StreamClass::getSpec);
      return new ProfileItem(
          id, spec.map(s -> s.title()).orElse(id), spec.map(s -> s.description()).orElse(""));
    }
  }

  private final Caller caller;
  private final ClusterCache cache;

  AppsResource(Caller caller, ClusterCache cache) {
    this.caller = caller;
    this.cache = cache;
  }

  @GET
  public Page<AppItem> apps(
      @PathParam("namespace") String namespace,
      @QueryParam("offset") @Nullable String offset,
      @QueryParam("limit") @Nullable String limit) {
    caller.requireRight(Right.apps("list", namespace));
    var request = PageRequest.of(offset, limit);
    var apps =
        cache.apps(namespace).map(AppItem::of).sorted(Comparator.comparing(AppItem::id)).toList();
    return Page.of(request, apps);
  }

  @GET
  @Path("{app}/versions")
  public Page<VersionItem> versions(
      @PathParam("namespace") String namespace,
      @PathParam("app") String name,
      @QueryParam("offset") @Nullable String offset,
      @QueryParam("limit") @Nullable String limit) {
    caller.requireRight(Right.app("get", namespace, name));
    var request = PageRequest.of(offset, limit);
    return Page.of(
        request,
        AppVersion.of(app(namespace, name)).stream()
            .map(version -> new VersionItem(version.name()))
            .toList());
  }

  @GET
  @Path("{app}/versions/{version}/profiles")
  public Page<ProfileItem> profiles(
      @PathParam("namespace") String namespace,
      @PathParam("app") String name,
      @PathParam("version") String version,
      @QueryParam("offset") @Nullable String offset,
      @QueryParam("limit") @Nullable String limit) {
    caller.requireRight(Right.app("get", namespace, name));
    var request = PageRequest.of(offset, limit);
    var app = app(namespace, name);
    AppVersion.find(app, version);
    var profiles =
        app.getSpec().classes().stream()
            .map(id -> ProfileItem.of(id, cache.streamClass(id)))
            .toList();
    return Page.of(request, profiles);
  }

  private StreamingApp app(String namespace, String name) {
    return cache.app(namespace, name).orElseThrow(() -> missing(namespace, name));
  }

  static Refusal missing(String namespace, String name) {
    return new Refusal(404, "There is no app \"%s\" in namespace %s.".formatted(name, namespace));
  }
}
