package dev.vitrine.api.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;

/** One viewer's stream of one app: one pod, from request to end. Made by the gateway or by hand. */
@Group("vitrine.dev")
@Version("v1alpha1")
@ShortNames("vsession")
@Singular("streamsession")
@Plural("streamsessions")
@Categories("vitrine")
@ValidationRule(value = Names.NAME_IS_A_DNS_LABEL, message = Names.NAME_RULE)
@ValidationRule(
    value =
        "!has(oldSelf.status) || !has(oldSelf.status.conditions)"
            + " || oldSelf.status.conditions.all(old, old.type != 'Ended' || old.status != 'True'"
            + " || (has(self.status) && has(self.status.conditions)"
            + " && self.status.conditions.exists(now, now.type == 'Ended' && now.status == 'True'"
            + " && now.reason == old.reason)))",
    message = "status.conditions: Ended is a fact that is never taken back or given another reason")
@ValidationRule(
    value =
        "!has(oldSelf.status) || !has(oldSelf.status.podName)"
            + " || (has(self.status) && has(self.status.podName)"
            + " && self.status.podName == oldSelf.status.podName)"
            + " || (has(self.status) && has(self.status.lostPods)"
            + " && self.status.lostPods.exists(lost, lost.name == oldSelf.status.podName))",
    message =
        "status.podName: a session keeps its pod for life, unless that is one of status.lostPods")
@ValidationRule(
    value =
        "!has(oldSelf.status) || !has(oldSelf.status.lostPods)"
            + " || oldSelf.status.lostPods.all(old, has(self.status) && has(self.status.lostPods)"
            + " && self.status.lostPods.exists(lost, lost.name == old.name))",
    message = "status.lostPods: what was lost stays lost; keep those that are listed")
@AdditionalPrinterColumn(name = "App", jsonPath = ".spec.app")
@AdditionalPrinterColumn(name = "State", jsonPath = ".status.conditions[?(@.type=='Ready')].reason")
@AdditionalPrinterColumn(name = "End", jsonPath = ".status.conditions[?(@.type=='Ended')].reason")
@AdditionalPrinterColumn(name = "Pod", jsonPath = ".status.podName")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "User", jsonPath = ".spec.user", priority = 1)
@AdditionalPrinterColumn(name = "Node", jsonPath = ".status.nodeName", priority = 1)
@AdditionalPrinterColumn(
    name = "Message",
    jsonPath = ".status.conditions[?(@.type=='Ready')].message",
    priority = 1)
public final class StreamSession extends CustomResource<StreamSessionSpec, StreamSessionStatus>
    implements Namespaced {

  @Override
  @Required
  @ValidationRule(
      value = "self == oldSelf",
      message = "spec is immutable: make another session instead")
  public StreamSessionSpec getSpec() {
    return super.getSpec();
  }

  /** True if the controller made it to try a revision: the one that owns it. */
  public boolean triesRevision() {
    var revision = getMetadata().getLabels().get(Labels.VERIFIES);
    return revision != null
        && getMetadata().getOwnerReferences().stream()
            .filter(owner -> Boolean.TRUE.equals(owner.getController()))
            .anyMatch(
                owner ->
                    owner.getKind().equals("StreamingAppRevision")
                        && owner.getName().equals(revision));
  }

  /** True if its end is a fact in its status. */
  public boolean hasEnded() {
    return conditions().stream()
        .anyMatch(
            condition ->
                condition.getType().equals(ConditionType.ENDED)
                    && condition.getStatus().equals("True"));
  }

  /** What its status says; nothing while it has none. */
  public List<Condition> conditions() {
    return getStatus() == null ? List.of() : getStatus().conditions();
  }
}
