package dev.vitrine.operator.gateway.rest;

import java.util.List;

/**
 * A part of a list.
 *
 * @param count how many there are in all
 */
record Page<T>(int offset, int limit, int count, List<T> items) {

  static <T> Page<T> of(PageRequest request, List<T> all) {
    var items = all.stream().skip(request.offset()).limit(request.limit()).toList();
    return new Page<>(request.offset(), request.limit(), all.size(), items);
  }
}
