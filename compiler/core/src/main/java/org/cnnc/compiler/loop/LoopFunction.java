package org.cnnc.compiler.loop;

import java.util.List;

/**
 * A function of a loop program; it returns nothing.
 *
 * @param name unique in its program, a legal Java identifier
 * @param parameters in order
 * @param body what it does
 * @param comment what a reader of the generated code wants to know: the text of the layer and its
 *     shapes; may be empty
 * @param line the line of {@code model.net} it comes from, from 1; 0 when it comes from no line
 */
public record LoopFunction(
    String name, List<Parameter> parameters, Block body, String comment, int line) {
  public LoopFunction {
    parameters = List.copyOf(parameters);
  }

  @SuppressWarnings("ReferenceEquality") // a rewrite that changed nothing returns its argument
  public LoopFunction withBody(Block newBody) {
    return newBody == body ? this : new LoopFunction(name, parameters, newBody, comment, line);
  }
}
