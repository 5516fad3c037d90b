package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.loop;

import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.Copy;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.train.Tensor;

/** {@code y[(c * H + v) * W + u] = x[c][v][u]}, and back. */
final class FlattenLowering implements OperatorLowering {
  /** One piece of the image and its place in the vector. */
  private interface Piece {
    Stmt copy(ArrayRef imageRow, Index imagePlace, Index vectorPlace, int length);
  }

  @Override
  public void forward(OperationScope scope) {
    Tensor image = scope.operation().input(0);
    ArrayRef vector = scope.row(scope.operation().output());
    scope.add(
        eachPiece(
            scope,
            image,
            (row, place, vectorPlace, length) ->
                new Copy(row, place, vector, vectorPlace, length)));
  }

  @Override
  public void inputGradient(OperationScope scope) {
    ArrayRef vector = scope.row(scope.operation().input(0));
    Tensor image = scope.operation().output();
    scope.add(
        eachPiece(
            scope,
            image,
            (row, place, vectorPlace, length) ->
                new Copy(vector, vectorPlace, row, place, length)));
  }

  private static Stmt eachPiece(OperationScope scope, Tensor image, Piece piece) {
    TensorShape shape = image.shape();
    int pitch = scope.step().pitch(image);
    if (shape.isVector()) {
      return piece.copy(scope.row(image), Index.of(0), Index.of(0), shape.elements());
    }
    int slice = shape.height() * shape.width();
    if (pitch == shape.width()) {
      return loop(
          "channel",
          shape.channels(),
          channel ->
              piece.copy(scope.row(image, channel), Index.of(0), channel.times(slice), slice));
    }
    return loop(
        "channel",
        shape.channels(),
        channel ->
            loop(
                "y",
                shape.height(),
                y ->
                    piece.copy(
                        scope.row(image, channel),
                        y.times(pitch),
                        channel.times(slice).plus(y.times(shape.width())),
                        shape.width())));
  }
}
