package dev.vitrine.api.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * What a stream runs on: the platform team's offer to developers, as a StorageClass is. Cluster
 * scoped; the REST API calls it a profile.
 */
@Group("vitrine.dev")
@Version("v1alpha1")
@ShortNames("vclass")
@Singular("streamclass")
@Plural("streamclasses")
@Categories("vitrine")
@ValidationRule(value = Names.NAME_IS_A_DNS_LABEL, message = Names.NAME_RULE)
@AdditionalPrinterColumn(name = "GPU", jsonPath = ".spec.resources.gpu.resourceName")
@AdditionalPrinterColumn(name = "CPU", jsonPath = ".spec.resources.cpu.request")
@AdditionalPrinterColumn(name = "Memory", jsonPath = ".spec.resources.memory.request")
@AdditionalPrinterColumn(name = "Namespaces", jsonPath = ".spec.namespaces.from")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
public final class StreamClass extends CustomResource<StreamClassSpec, Void> {

  @Override
  @Required
  public StreamClassSpec getSpec() {
    return super.getSpec();
  }
}
