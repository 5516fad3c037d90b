package org.cnnc.grammar.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.cnnc.grammar.source.Span;

/** Looks at syntax trees through their record components. */
public final class Shapes {
  private Shapes() {}

  /** A tree without its spans, to be compared. */
  public static Object withoutSpans(Object value) {
    if (value instanceof Collection<?> values) {
      return values.stream().map(Shapes::withoutSpans).toList();
    }
    if (value instanceof Optional<?> optional) {
      return optional.map(Shapes::withoutSpans);
    }
    if (!(value instanceof SyntaxNode)) {
      return value;
    }
    List<Object> shape = new ArrayList<>(List.of(value.getClass().getSimpleName()));
    for (Object component : components(value)) {
      if (!(component instanceof Span)) {
        shape.add(withoutSpans(component));
      }
    }
    return shape;
  }

  /** Asserts that every node lies within its parent, and siblings behind each other. */
  public static void assertSpansNested(SyntaxNode node) {
    int from = node.span().start();
    for (SyntaxNode child : children(node)) {
      assertThat(child.span().start()).as(child.toString()).isGreaterThanOrEqualTo(from);
      assertThat(child.span().end()).as(child.toString()).isLessThanOrEqualTo(node.span().end());
      from = child.span().end();
      assertSpansNested(child);
    }
  }

  private static List<SyntaxNode> children(SyntaxNode node) {
    List<SyntaxNode> children = new ArrayList<>();
    for (Object component : components(node)) {
      if (component instanceof SyntaxNode child) {
        children.add(child);
      } else if (component instanceof Optional<?> optional) {
        optional.map(SyntaxNode.class::cast).ifPresent(children::add);
      } else if (component instanceof List<?> list) {
        list.forEach(element -> children.add((SyntaxNode) element));
      }
    }
    return children;
  }

  private static List<Object> components(Object node) {
    List<Object> values = new ArrayList<>();
    for (RecordComponent component : node.getClass().getRecordComponents()) {
      try {
        values.add(component.getAccessor().invoke(node));
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(e.getMessage(), e);
      }
    }
    return values;
  }
}
