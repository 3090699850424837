package dev.vitrine.api.v1alpha1;

/** Shapes of names that several resources share. */
final class Names {

  /** A DNS label (RFC 1123): our names stand in URLs, labels and pod names. */
  static final String DNS_LABEL = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";

  static final int DNS_LABEL_LENGTH = 63;

  /** RFC 1123: DNS labels, joined by dots. */
  static final String DNS_SUBDOMAIN =
      "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

  static final int DNS_SUBDOMAIN_LENGTH = 253;

  /** CEL: the resource's own name is a DNS label. */
  static final String NAME_IS_A_DNS_LABEL =
      "size(self.metadata.name) <= 63"
          + " && self.metadata.name.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')";

  static final String NAME_RULE =
      "metadata.name must be a DNS label: at most 63 characters of a-z, 0-9 and '-', because it"
          + " stands in URLs and labels";

  private Names() {}
}
