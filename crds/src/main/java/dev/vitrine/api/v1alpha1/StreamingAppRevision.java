package dev.vitrine.api.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** What an app's pods were made of at one time. Made by the controller, never by hand. */
@Group("vitrine.dev")
@Version("v1alpha1")
@ShortNames("vrev")
@Singular("streamingapprevision")
@Plural("streamingapprevisions")
@Categories("vitrine")
@ValidationRule(value = Names.NAME_IS_A_DNS_LABEL, message = Names.NAME_RULE)
@AdditionalPrinterColumn(name = "App", jsonPath = ".spec.app")
@AdditionalPrinterColumn(name = "Version", jsonPath = ".spec.version")
@AdditionalPrinterColumn(name = "Image", jsonPath = ".spec.image")
@AdditionalPrinterColumn(
    name = "Verified",
    jsonPath = ".status.conditions[?(@.type=='Verified')].status")
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type=='Verified')].reason")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
public final class StreamingAppRevision
    extends CustomResource<StreamingAppRevisionSpec, StreamingAppRevisionStatus>
    implements Namespaced {

  @Override
  @Required
  @ValidationRule(
      value = "self == oldSelf",
      message = "spec is immutable: a change of the app makes another revision")
  public StreamingAppRevisionSpec getSpec() {
    return super.getSpec();
  }
}
