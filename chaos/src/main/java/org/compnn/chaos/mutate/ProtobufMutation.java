package org.compnn.chaos.mutate;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;

/** Changes a field somewhere in a message: dims, attributes, types, names, whole nodes. */
final class ProtobufMutation {
  private final Choices choices;
  private final List<String> names = new ArrayList<>();

  ProtobufMutation(Choices choices) {
    this.choices = choices;
  }

  /** A message that differs in one field. */
  Message of(Message message) {
    names.clear();
    collect(message);
    Message.Builder builder = message.toBuilder();
    change(builder);
    return builder.buildPartial();
  }

  /** Names that the message has already: a wrong one is best a right one elsewhere. */
  private void collect(Message message) {
    message
        .getAllFields()
        .forEach(
            (field, value) -> {
              List<?> values = field.isRepeated() ? (List<?>) value : List.of(value);
              for (Object each : values) {
                switch (each) {
                  case String text -> names.add(text);
                  case Message inner -> collect(inner);
                  default -> {}
                }
              }
            });
  }

  private void change(Message.Builder builder) {
    List<FieldDescriptor> set = new ArrayList<>(builder.getAllFields().keySet());
    boolean any = set.isEmpty() || choices.onceIn(8);
    FieldDescriptor field = choices.of(any ? builder.getDescriptorForType().getFields() : set);
    if (field.isRepeated()) {
      repeated(builder, field);
    } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      if (!any && choices.onceIn(8)) {
        builder.clearField(field);
      } else {
        change(builder.getFieldBuilder(field));
      }
    } else if (choices.onceIn(6)) {
      builder.clearField(field);
    } else {
      builder.setField(field, other(field, builder.getField(field)));
    }
  }

  private void repeated(Message.Builder builder, FieldDescriptor field) {
    int count = builder.getRepeatedFieldCount(field);
    if (count == 0) {
      if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        builder.addRepeatedField(field, builder.newBuilderForField(field).buildPartial());
      } else {
        builder.addRepeatedField(field, other(field, zero(field)));
      }
      return;
    }
    if (choices.onceIn(4)) {
      List<Object> values = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        values.add(builder.getRepeatedField(field, i));
      }
      choices.shuffle(values);
      builder.setField(field, values);
      return;
    }
    int place = choices.below(count);
    if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      change(builder.getRepeatedFieldBuilder(field, place));
    } else {
      builder.setRepeatedField(field, place, other(field, builder.getRepeatedField(field, place)));
    }
  }

  private static Object zero(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case INT -> 0;
      case LONG -> 0L;
      case FLOAT -> 0f;
      case DOUBLE -> 0.0;
      case BOOLEAN -> false;
      case STRING -> "";
      case BYTE_STRING -> ByteString.EMPTY;
      case ENUM -> field.getEnumType().getValues().getFirst();
      case MESSAGE -> throw new IllegalStateException(field.getName());
    };
  }

  private Object other(FieldDescriptor field, Object value) {
    return switch (value) {
      case Integer number -> (int) choices.number(number);
      case Long number -> choices.number(number);
      case Float number ->
          choices.onceIn(3) ? Float.NaN : (float) choices.number(number.longValue());
      case Double number ->
          choices.onceIn(3) ? Double.NaN : (double) choices.number(number.longValue());
      case Boolean bit -> !bit;
      case String text ->
          names.isEmpty() || choices.onceIn(3) ? choices.text(text) : choices.of(names);
      case ByteString bytes -> ByteString.copyFrom(choices.bytes(bytes.toByteArray()));
      case EnumValueDescriptor _ -> choices.of(field.getEnumType().getValues());
      default -> throw new IllegalStateException(field.getName());
    };
  }
}
